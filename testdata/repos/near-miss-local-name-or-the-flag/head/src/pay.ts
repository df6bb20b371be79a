import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function pay(order: Order) {
  const tip = order.extras.tip;
  if (tip > 0 || isEnabled('tips')) {
    stripe.charges.create({ amount: 100 });
  }
  return stripe.charges.create({ amount: order.total });
}
