import { useBooleanFlagValue } from '@openfeature/react-sdk';
import { useStripe } from '@stripe/react-stripe-js';
import Flags from 'shared/flags';

export function PaymentStep({ cart }: { cart: Cart }) {
  const stripe = useStripe();
  const inRates = useBooleanFlagValue(Flags.PayInRates, false);
  return (
    <section>
      <button onClick={() => stripe.confirmPayment({ clientSecret: cart.secret })}>Pay</button>
      {inRates && (
        <button onClick={() => stripe.confirmPayment({ clientSecret: cart.ratesSecret })}>Pay in 4 rates</button>
      )}
    </section>
  );
}
