import { useStripe } from '@stripe/react-stripe-js';

export default function Form({ secret }: { secret: string }) {
  const stripe = useStripe();
  return <button onClick={() => stripe.confirmPayment({ clientSecret: secret, redirect: 'if_required' })}>Tip</button>;
}
