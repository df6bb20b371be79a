import { useStripe } from '@stripe/react-stripe-js';

export function Tip({ cart }: { cart: Cart }) {
  const stripe = useStripe();
  return <p>{cart.tip}</p>;
}
