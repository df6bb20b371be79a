import { useStripe } from '@stripe/react-stripe-js';

export function DonateButton({ secret }: { secret: string }) {
  const stripe = useStripe();
  const monthly = { clientSecret: secret, confirmParams: { setup_future_usage: 'off_session' } };
  return <button onClick={() => stripe.confirmPayment(monthly)}>Donate monthly</button>;
}
