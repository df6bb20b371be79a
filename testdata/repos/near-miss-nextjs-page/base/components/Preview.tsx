import { useBooleanFlagValue } from '@openfeature/react-sdk';
import BillingPage from '../app/billing/page';

export function Preview({ plan }: { plan: Plan }) {
  const isShown = useBooleanFlagValue('billing-preview', false);
  return isShown ? <BillingPage plan={plan} /> : null;
}
