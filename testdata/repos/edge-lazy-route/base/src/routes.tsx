import { lazy } from 'react';
import { Route, Routes } from 'react-router-dom';
import { useFlags } from 'launchdarkly-react-client-sdk';
import { HomePage } from './screens/HomePage';

const PlanPage = lazy(() => import('./screens/PlanPage'));

export function AppRoutes() {
  const flags = useFlags();
  return (
    <Routes>
      <Route path="/" element={<HomePage />} />
      {flags['plan-page'] && <Route path="/plan" element={<PlanPage />} />}
    </Routes>
  );
}
