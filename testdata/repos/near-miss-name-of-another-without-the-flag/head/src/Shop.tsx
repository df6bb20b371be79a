import { useFlag } from '@unleash/proxy-client-react';
import { SoapList } from './SoapList';
import { SoapGrid } from './SoapGrid';

export function Shop({ user }) {
  const on = useFlag('soap_grid');
  const Soaps = on ? SoapGrid : SoapList;
  return (
    <main>
      <Soaps user={user} />
    </main>
  );
}
