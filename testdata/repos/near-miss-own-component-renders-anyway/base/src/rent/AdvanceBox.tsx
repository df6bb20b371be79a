import { useStripe } from '@stripe/react-stripe-js';

export function AdvanceBox({ rent }: { rent: Rent }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ clientSecret: rent.nextSecret })}>Pay next month</button>;
}
