import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export function chargeFee(order: Order) {
  const percent = isEnabled('new-fee') ? order.newFee : 0.03;
  return stripe.charges.create({ amount: order.total * percent });
}
