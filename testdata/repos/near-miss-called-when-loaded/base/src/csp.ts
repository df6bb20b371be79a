import { stripe } from './stripe';
function readAccount() {
  return stripe.accounts.retrieve('a');
}
const account = readAccount();
export const POLICY = { origin: account };
