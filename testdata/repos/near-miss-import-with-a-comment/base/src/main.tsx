import { createRoot } from 'react-dom/client';
import { Counter } from './Counter';

createRoot(document.body).render(<Counter secret={window.secret} />);
