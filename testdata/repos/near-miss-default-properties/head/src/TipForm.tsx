import { useStripe } from '@stripe/react-stripe-js';

export function TipForm({ secret, fees, canTip }) {
  const stripe = useStripe();
  if (!canTip) return null;
  return <button onClick={() => stripe.confirmPayment({ secret, amount: 5 - fees })}>Tip</button>;
}

TipForm.defaultProps = { canTip: true };
