import { createRoot } from 'react-dom/client';
import Form from '@tip';
import { Counter } from './tips/Counter';

createRoot(document.body).render(<><Form secret={window.secret} /><Counter secret={window.secret} /></>);
