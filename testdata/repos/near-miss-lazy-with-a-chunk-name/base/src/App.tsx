import { useFlag } from '@unleash/proxy-client-react';
import { lazy } from 'react';

const TipPage = lazy(() => import(/* webpackChunkName: "tips" */ './TipPage'));

export function App() {
  const tips = useFlag('tips');
  return <main>{tips && <TipPage />}</main>;
}

renderPage(<App />);
