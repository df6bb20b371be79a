import { stripe } from './stripe';
import { allows } from './switches';

export async function payOrder(order: Order) {
  if (await allows('pay-by-link', order.userId)) {
    return stripe.paymentLinks.create({ line_items: [{ price: order.priceId, quantity: 1 }] });
  }
  return stripe.paymentIntents.create({ customer: order.customerId, amount: order.total });
}
