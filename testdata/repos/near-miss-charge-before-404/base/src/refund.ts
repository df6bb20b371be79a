import { isEnabled } from 'unleash-client';
import { stripe } from './stripe';

export async function refund(order: Order, response: Response) {
  if (!isEnabled('refunds')) {
    return response.status(404).end();
  }
  await stripe.refunds.create({ charge: order.charge });
}
