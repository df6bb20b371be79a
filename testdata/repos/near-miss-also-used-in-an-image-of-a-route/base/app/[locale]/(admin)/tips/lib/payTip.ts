import { stripe } from '../../../../../lib/stripe';

export function payTip(order: Order) {
  return stripe.charges.create({ amount: order.tip });
}
