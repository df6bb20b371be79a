import Stripe from 'stripe';
import { ld, PARTIAL_REFUNDS } from '../flags';
import type { Order } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function refundLines(order: Order, amount: number): Promise<void> {
  if (await ld.variation(PARTIAL_REFUNDS, { kind: 'user', key: order.customerId }, false)) {
    await stripe.refunds.create({ charge: order.chargeId, amount });
  } else {
    await stripe.refunds.create({ charge: order.chargeId });
  }
}
