import { useStripe } from '@stripe/react-stripe-js';

export function Totals({ cart, showTips }: { cart: Cart; showTips: boolean }) {
  const stripe = useStripe();
  showTips = cart.isOpen;
  return <p>{cart.total}</p>;
}
