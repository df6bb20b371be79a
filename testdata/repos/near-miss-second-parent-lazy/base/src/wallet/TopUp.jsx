import { useStripe } from '@stripe/react-stripe-js';

export default function TopUp({ wallet }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmCardPayment(wallet.secret)}>Top up</button>;
}
