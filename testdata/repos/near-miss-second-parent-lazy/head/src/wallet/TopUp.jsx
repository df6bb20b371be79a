import { useStripe } from '@stripe/react-stripe-js';

export default function TopUp({ wallet }) {
  const stripe = useStripe();
  const method = wallet.link ? { payment_method: wallet.link } : undefined;
  return <button onClick={() => stripe.confirmCardPayment(wallet.secret, method)}>Top up</button>;
}
