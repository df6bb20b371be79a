import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function pay(order: Order) {
  return stripe.charges.create({ amount: order.total });
}
