import { createRoot } from 'react-dom/client';
import { lazy } from 'react';

const Tip = lazy(() => import(/* webpackChunkName: "tip" */ './TipForm').then((module) => ({ default: module.TipForm })));

createRoot(document.body).render(<Tip secret={window.secret} fees={2} />);
