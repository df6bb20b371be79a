import { lazy, Suspense } from 'react';

const Refill = lazy(() => import('./wallet/TopUp'));

export function Drawer({ wallet }) {
  return (
    <Suspense fallback={null}>
      <Refill wallet={wallet} />
    </Suspense>
  );
}
