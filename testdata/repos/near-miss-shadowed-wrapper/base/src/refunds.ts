import { stripe } from './stripe';
import { allows } from './switches';

export const showsPoints = () => allows('points');

export async function refundWith(order: Order, allows: (name: string) => boolean) {
  if (allows('points')) {
    await stripe.refunds.create({ charge: order.charge });
  }
}
