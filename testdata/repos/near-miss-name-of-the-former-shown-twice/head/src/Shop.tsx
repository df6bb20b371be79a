import { useFlag } from '@unleash/proxy-client-react';
import { SoapTable } from './SoapTable';
import { SoapGrid } from './SoapGrid';

export function Shop({ user }) {
  const on = useFlag('soap_grid');
  const Soaps = on ? SoapGrid : SoapTable;
  return (
    <main>
      <Soaps user={user} />
      <Soaps user={user} />
    </main>
  );
}
