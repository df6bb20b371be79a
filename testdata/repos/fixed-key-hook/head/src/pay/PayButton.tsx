import { useStripe } from '@stripe/react-stripe-js';
import { useCheckout } from '../hooks/useCheckout';

export function PayButton({ order }: { order: Order }) {
  const stripe = useStripe();
  const isNew = useCheckout();
  if (!isNew) {
    return <button onClick={() => stripe.redirectToCheckout({ sessionId: order.session })}>Pay</button>;
  }
  if (order.savedCard) {
    return <button onClick={() => stripe.confirmCardPayment(order.secret, { payment_method: order.savedCard })}>Pay</button>;
  }
  return <button onClick={() => stripe.confirmPayment({ clientSecret: order.secret })}>Pay</button>;
}
