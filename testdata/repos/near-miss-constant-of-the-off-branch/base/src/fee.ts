import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function chargeFee(order: Order) {
  const percent = isEnabled('new-fee') ? order.newFee : 0.02;
  return stripe.charges.create({ amount: order.total * percent });
}
