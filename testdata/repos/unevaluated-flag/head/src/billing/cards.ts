import Stripe from 'stripe';
import type { Invoice } from './types';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export async function retryDeclined(invoice: Invoice): Promise<boolean> {
  for (const card of invoice.customer.cards) {
    if (card.expired || card.id === invoice.declinedCard) {
      continue;
    }
    const intent = await stripe.paymentIntents.create({
      amount: invoice.amount,
      currency: 'eur',
      payment_method: card.id,
      confirm: true,
      off_session: true,
    });
    if (intent.status === 'succeeded') {
      invoice.paidWith = card.id;
      await invoice.save();
      return true;
    }
  }
  return false;
}

export async function pay(invoice: Invoice): Promise<boolean> {
  const intent = await stripe.paymentIntents.create({ amount: invoice.amount, currency: 'eur', confirm: true });
  return intent.status === 'succeeded';
}
