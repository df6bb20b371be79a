import { useBooleanFlagValue } from '@openfeature/react-sdk';
import { useStripe } from '@stripe/react-stripe-js';
import Flags from 'shared/flags';

export function PaymentStep({ cart }: { cart: Cart }) {
  const stripe = useStripe();
  return (
    <section>
      <button onClick={() => stripe.confirmPayment({ clientSecret: cart.secret })}>Pay</button>
    </section>
  );
}
