import { stripe } from './stripe';

export async function payOrder(order: Order) {
  return stripe.paymentIntents.create({ customer: order.customerId, amount: order.total });
}
