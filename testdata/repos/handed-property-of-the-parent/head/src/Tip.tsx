import { useStripe } from '@stripe/react-stripe-js';

export function Tip({ cart }: { cart: Cart }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ clientSecret: cart.tip })}>Tip</button>;
}
