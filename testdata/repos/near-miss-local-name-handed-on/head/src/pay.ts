import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function pay(order: Order) {
  const tip = order.extras.tip;
  if (isEnabled('tips')) {
    stripe.charges.create({ amount: tip });
  }
  order.onPaid(() => stripe.charges.create({ amount: tip }));
  return stripe.charges.create({ amount: order.total });
}
