import { stripe } from './stripe';

export async function payRent(tenantId: string, amount: number) {
  return stripe.paymentIntents.create({ customer: tenantId, amount, currency: 'eur' });
}
