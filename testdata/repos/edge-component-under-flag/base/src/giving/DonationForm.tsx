import { useStripe } from '@stripe/react-stripe-js';

export function DonationForm({ secret }: { secret: string }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ clientSecret: secret })}>Donate</button>;
}
