import Stripe from 'stripe';
import type { Invoice } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function pay(invoice: Invoice): Promise<boolean> {
  const intent = await stripe.paymentIntents.create({ amount: invoice.amount, currency: 'eur', confirm: true });
  return intent.status === 'succeeded';
}
