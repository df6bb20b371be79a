import { allows } from './switches.js';
import { stripe } from './stripe.js';

export async function refundLines(order) {
  for (const line of order.lines) {
    if (allows('credit-refunds')) {
      await stripe.customers.createBalanceTransaction(order.customer, { amount: -line.price, currency: 'eur' });
      continue;
    }
    await stripe.refunds.create({ charge: order.charge, amount: line.price });
  }
}
