import { cancelSubscription, changePlan } from '../api/billing';

export default function PlanPage({ plan }: { plan: Plan }) {
  return (
    <section>
      <button onClick={() => changePlan(plan.subscriptionId, 'team')}>Upgrade</button>
      <button onClick={() => cancelSubscription(plan.subscriptionId, { at: 'period-end' })}>Cancel</button>
    </section>
  );
}
