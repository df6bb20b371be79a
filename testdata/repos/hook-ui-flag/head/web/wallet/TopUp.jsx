import { useStripe } from '@stripe/react-stripe-js';
import { useUiFlag } from '../ui-flags';

export function TopUp({ wallet }) {
  const stripe = useStripe();
  const byBank = useUiFlag('bank-top-up');
  return (
    <form>
      <button onClick={() => stripe.confirmCardPayment(wallet.secret)}>By card</button>
      {byBank ? <button onClick={() => stripe.confirmSetup({ elements: wallet.bank, redirect: 'if_required' })}>By bank</button> : null}
    </form>
  );
}
