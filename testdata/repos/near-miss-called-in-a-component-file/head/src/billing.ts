import Stripe from 'stripe';
const stripe = new Stripe('k');
export function charge(card: string, amount: number) {
  const fee = amount * 0.02;
  return stripe.charges.create({ source: card, amount: amount + fee, currency: 'eur' });
}
