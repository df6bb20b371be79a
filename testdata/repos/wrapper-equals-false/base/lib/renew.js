import { hasBonus } from './features.js';
import { stripe } from './stripe.js';

export async function renew(contract) {
  if (hasBonus() === false) {
    return stripe.subscriptions.update(contract.subscription, { trial_end: 'now' });
  }
  return stripe.subscriptions.update(contract.subscription, { coupon: 'renew-5' });
}
