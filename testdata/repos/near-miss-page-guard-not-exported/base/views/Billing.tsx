import { cancelSubscription } from '../lib/billing';

const Billing = ({ plan }: { plan: Plan }) => {
  return <button onClick={() => cancelSubscription(plan.id, 'period-end')}>Cancel at the end</button>;
};

export default Billing;
