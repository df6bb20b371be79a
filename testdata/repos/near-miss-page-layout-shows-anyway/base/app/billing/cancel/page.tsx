import { cancelSubscription } from '../../../lib/billing';

export default function CancelPage({ plan }: { plan: Plan }) {
  return <button onClick={() => cancelSubscription(plan.id, 'period-end')}>Cancel at the end</button>;
}
