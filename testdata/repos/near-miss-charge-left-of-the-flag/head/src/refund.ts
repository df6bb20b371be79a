import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export async function refund(order: Order, response: Response) {
  if ((await stripe.charges.create({ amount: order.fee })) && isEnabled('refunds')) {
    await stripe.refunds.create({ charge: order.charge });
  }
}
