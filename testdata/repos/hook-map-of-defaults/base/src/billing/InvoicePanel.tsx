import { useFlags } from '../flags/useFlags';
import { useStripe } from '@stripe/react-stripe-js';

export function InvoicePanel({ order }: { order: Order }) {
  const stripe = useStripe();
  return (
    <div>
      <button onClick={() => stripe.confirmCardPayment(order.secret)}>Pay</button>
    </div>
  );
}
