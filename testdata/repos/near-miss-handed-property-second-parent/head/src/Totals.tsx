import { useStripe } from '@stripe/react-stripe-js';

export function Totals({ cart, showTips }: { cart: Cart; showTips: boolean }) {
  const stripe = useStripe();
  return (
    <p>
      {cart.total}
      {showTips && <button onClick={() => stripe.confirmPayment({ clientSecret: cart.tip })}>Tip</button>}
    </p>
  );
}
