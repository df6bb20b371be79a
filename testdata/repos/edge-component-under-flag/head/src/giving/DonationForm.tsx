import { useStripe } from '@stripe/react-stripe-js';

export function DonationForm({ secret, inMemoryOf }: { secret: string; inMemoryOf?: string }) {
  const stripe = useStripe();
  const confirmParams = inMemoryOf ? { payment_method_data: { billing_details: { name: inMemoryOf } } } : undefined;
  return <button onClick={() => stripe.confirmPayment({ clientSecret: secret, confirmParams })}>Donate</button>;
}
