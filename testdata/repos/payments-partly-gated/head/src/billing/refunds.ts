import Stripe from 'stripe';
import { ld } from '../flags';
import { notifyCustomer } from '../mail';
import type { Order } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function refundOrder(order: Order, reason: string, lineIds: string[] = []): Promise<void> {
  await stripe.refunds.create({ charge: order.shippingChargeId });
  if (await ld.variation('partial-refunds', { kind: 'user', key: order.customerId }, false)) {
    const lines = order.lines.filter((line) => lineIds.includes(line.id));
    const amount = lines.reduce((sum, line) => sum + line.amount, 0);
    await stripe.refunds.create({ charge: order.chargeId, amount });
    return;
  }
  await stripe.refunds.create({ charge: order.chargeId });
  if (await ld.variation('show-refund-mail', { kind: 'user', key: order.customerId }, false)) {
    await notifyCustomer(order.customerId, 'refunded', { reason });
  }
}
