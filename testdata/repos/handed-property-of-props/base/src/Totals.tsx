import { useStripe } from '@stripe/react-stripe-js';

export function Totals(props: { cart: Cart; showTips: boolean }) {
  const stripe = useStripe();
  return <p>{props.cart.total}</p>;
}
