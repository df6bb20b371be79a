import { useFlag } from '@openfeature/react-sdk';
import { Invoices } from './Invoices';

export function AccountPage({ account }: { account: Account }) {
  return (
    <main>
      <h1>{account.name}</h1>
      <Invoices account={account} />
    </main>
  );
}
