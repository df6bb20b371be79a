import { stripe } from './stripe';

export function pay(order: Order, featureFlags: Flag[]) {
  if (featureFlags.find((flag) => flag.id === 'tips')) {
    stripe.charges.create({ amount: order.tip });
  }
  return stripe.charges.create({ amount: order.total });
}
