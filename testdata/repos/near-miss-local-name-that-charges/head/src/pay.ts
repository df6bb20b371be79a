import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function pay(order: Order) {
  const tip = stripe.charges.create({ amount: order.tip });
  if (isEnabled('tips')) {
    stripe.charges.create({ amount: tip.amount });
  }
  return stripe.charges.create({ amount: order.total });
}
