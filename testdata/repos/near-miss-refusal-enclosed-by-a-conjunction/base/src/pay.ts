import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function pay(order: Order) {
  if (order.isGift) {
    throw new Error('gifts are not paid');
  }
  return stripe.charges.create({ amount: order.total });
}
