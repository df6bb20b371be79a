import { useStripe } from '@stripe/react-stripe-js';
import { useSwitch } from '../experiments/useExperimentFlag';

export function RentCard({ rent }: { rent: Rent }) {
  const stripe = useStripe();
  const inHalves = useSwitch('halfMonths');
  if (inHalves) {
    return <button onClick={() => stripe.confirmPayment({ clientSecret: rent.firstHalf })}>Pay half</button>;
  }
  return <button onClick={() => stripe.confirmPayment({ clientSecret: rent.secret })}>Pay</button>;
}
