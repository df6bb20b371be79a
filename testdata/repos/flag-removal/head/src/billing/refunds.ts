import Stripe from 'stripe';
import type { Order } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function refundLines(order: Order, amount: number): Promise<void> {
  await stripe.refunds.create({ charge: order.chargeId, amount });
}
