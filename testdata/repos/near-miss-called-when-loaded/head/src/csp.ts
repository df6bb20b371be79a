import { stripe } from './stripe';
function readAccount() {
  return stripe.accounts.create({ type: 'custom', country: 'NL' });
}
const account = readAccount();
export const POLICY = { origin: account };
