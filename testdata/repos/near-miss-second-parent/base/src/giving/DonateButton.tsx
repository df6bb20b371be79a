import { useStripe } from '@stripe/react-stripe-js';

export function DonateButton({ secret }: { secret: string }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ clientSecret: secret })}>Donate</button>;
}
