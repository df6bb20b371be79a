import { allows } from './switches.js';
import { stripe } from './stripe.js';

export async function refundLines(order) {
  for (const line of order.lines) {
    await stripe.refunds.create({ charge: order.charge, amount: line.price });
  }
}
