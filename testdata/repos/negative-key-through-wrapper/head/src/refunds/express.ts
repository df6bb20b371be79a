import { stripe } from '../stripe';
import { expressRefundStopped } from '../ops/kill';

export async function refundNow(order: Order) {
  if (await expressRefundStopped()) {
    return queueRefund(order);
  }
  return stripe.refunds.create({ charge: order.chargeId, amount: Math.min(order.paid, 20000) });
}

function queueRefund(order: Order) {
  return { queued: order.id };
}
