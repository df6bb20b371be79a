import { useStripe } from '@stripe/react-stripe-js';

export function AdvanceBox({ rent }: { rent: Rent }) {
  const stripe = useStripe();
  const secret = rent.halfYear ? rent.halfYearSecret : rent.nextSecret;
  return <button onClick={() => stripe.confirmPayment({ clientSecret: secret })}>Pay in advance</button>;
}
