import { useStripe } from '@stripe/react-stripe-js';

export function Totals(props: { cart: Cart; showTips: boolean }) {
  const stripe = useStripe();
  if (!props.showTips) {
    return <p>{props.cart.total}</p>;
  }
  return <button onClick={() => stripe.confirmPayment({ clientSecret: props.cart.tip })}>Tip</button>;
}
