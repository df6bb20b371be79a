import { createRoot } from 'react-dom/client';
import { routes } from './routes';
import { Counter } from './tips/Counter';

createRoot(document.body).render(<><Counter secret={window.secret} /><Router routes={routes} /></>);
