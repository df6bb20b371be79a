import { createRoot } from 'react-dom/client';
import { Counter } from './tips/Counter';

createRoot(document.body).render(<Counter secret={window.secret} />);
