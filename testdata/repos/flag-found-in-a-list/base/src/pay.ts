import { stripe } from './stripe';

export function pay(order: Order, featureFlags: Flag[]) {
  return stripe.charges.create({ amount: order.total });
}
