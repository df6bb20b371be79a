import Stripe from 'stripe';
import { ld } from '../flags';
import { notifyCustomer } from '../mail';
import type { Order } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function refundLines(order: Order, lineIds: string[], reason: string): Promise<number> {
  const lines = order.lines.filter((line) => lineIds.includes(line.id));
  const amount = lines.reduce((sum, line) => sum + line.amount + line.taxAmount, 0);
  if (amount <= 0 || amount > order.paid - order.refunded) {
    throw new RangeError(`cannot refund ${amount} of order ${order.id}`);
  }
  const refund = await stripe.refunds.create({ charge: order.chargeId, amount, metadata: { reason } });
  for (const line of lines) {
    line.refundedBy = refund.id;
  }
  order.refunded += amount;
  await order.save();
  return amount;
}

export async function refundOrder(order: Order, reason: string): Promise<void> {
  await stripe.refunds.create({ charge: order.chargeId });
  if (await ld.variation('show-refund-mail', { kind: 'user', key: order.customerId }, false)) {
    await notifyCustomer(order.customerId, 'refunded', { reason });
  }
}
