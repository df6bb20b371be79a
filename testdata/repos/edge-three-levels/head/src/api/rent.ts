import { stripe } from './stripe';

export async function payRent(tenantId: string, amount: number) {
  const rounded = Math.ceil(amount / 100) * 100;
  return stripe.paymentIntents.create({ customer: tenantId, amount: rounded, currency: 'eur' });
}
