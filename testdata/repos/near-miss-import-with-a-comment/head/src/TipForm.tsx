import { useStripe } from '@stripe/react-stripe-js';

export function TipForm({ secret, fees }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ secret, amount: 5 - fees })}>Tip</button>;
}
