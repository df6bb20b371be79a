import { useMutation } from '@tanstack/react-query';
import { cancelSubscription } from '../api/billing';

export function CancelPlan({ account }: { account: Account }) {
  const cancel = useMutation({ mutationFn: () => cancelSubscription(account.subscriptionId) });
  if (account.plan === 'free') {
    return <p>You have no plan to cancel.</p>;
  }
  return (
    <button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
      Cancel my plan
    </button>
  );
}
