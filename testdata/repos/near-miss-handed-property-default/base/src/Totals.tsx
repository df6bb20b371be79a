import { useStripe } from '@stripe/react-stripe-js';

export function Totals({ cart, showTips = true }: { cart: Cart; showTips: boolean }) {
  const stripe = useStripe();
  return <p>{cart.total}</p>;
}
