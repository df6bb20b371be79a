import Stripe from 'stripe';
import { ld } from '../flags';
import { notifyCustomer } from '../mail';
import type { Order } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function refundOrder(order: Order, reason: string): Promise<void> {
  await stripe.refunds.create({ charge: order.chargeId });
  if (await ld.variation('show-refund-mail', { kind: 'user', key: order.customerId }, false)) {
    await notifyCustomer(order.customerId, 'refunded', { reason });
  }
}
