import { useStripe } from '@stripe/react-stripe-js';
import { useFeatures } from '../context/Features';

export function Bill({ bill }: { bill: TableBill }) {
  const stripe = useStripe();
  const { canTip } = useFeatures();
  const pay = (secret: string) => stripe.confirmPayment({ clientSecret: secret });
  return (
    <footer>
      <button onClick={() => pay(bill.secret)}>Pay {bill.total}</button>
      {canTip && <button onClick={() => stripe.confirmPayment({ clientSecret: bill.tipSecret, off_session: true })}>Add 10%</button>}
    </footer>
  );
}
