import { stripe } from '../stripe';

export async function refundAll(order: Order) {
  return stripe.refunds.create({ charge: order.chargeId, amount: order.total + order.fee });
}
