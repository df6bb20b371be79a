import { lazy } from 'react';

export const LazyTips = lazy(() => import('./TipForm').then(module => ({ default: module.TipForm })));
