import { useFlag } from '@unleash/proxy-client-react';
import { SoapTable } from './SoapTable';
import { SoapGrid } from './SoapGrid';

export function Shop({ user }) {
  return (
    <main>
      <SoapTable user={user} />
    </main>
  );
}
