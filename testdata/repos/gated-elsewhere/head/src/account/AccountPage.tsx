import { useFlag } from '@openfeature/react-sdk';
import { CancelPlan } from './CancelPlan';
import { Invoices } from './Invoices';

export function AccountPage({ account }: { account: Account }) {
  const { value: canCancel } = useFlag('cancel-plan-online', false);
  return (
    <main>
      <h1>{account.name}</h1>
      <Invoices account={account} />
      {canCancel && <CancelPlan account={account} />}
    </main>
  );
}
