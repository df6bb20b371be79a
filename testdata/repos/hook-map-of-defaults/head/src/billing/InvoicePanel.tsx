import { useFlags } from '../flags/useFlags';
import { useStripe } from '@stripe/react-stripe-js';

export function InvoicePanel({ order }: { order: Order }) {
  const stripe = useStripe();
  const { paperInvoice } = useFlags({ paperInvoice: false });
  return (
    <div>
      <button onClick={() => stripe.confirmCardPayment(order.secret)}>Pay</button>
      {paperInvoice && <button onClick={() => stripe.confirmCardPayment(order.paperSecret)}>Pay, and get it on paper</button>}
    </div>
  );
}
