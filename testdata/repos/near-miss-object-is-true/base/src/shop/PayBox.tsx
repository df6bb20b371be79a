import { useStripe } from '@stripe/react-stripe-js';
import { useSwitch } from '../hooks/useSwitch';

export function PayBox({ cart }: { cart: Cart }) {
  const stripe = useStripe();
  const points = useSwitch('pay-with-points');
  return points ? <button onClick={() => stripe.confirmPayment({ clientSecret: cart.secret })}>Pay</button> : null;
}
