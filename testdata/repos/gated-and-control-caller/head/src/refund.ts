import { stripe } from './stripe';

export async function refundSum(charge: string, amount: number) {
  return stripe.refunds.create({ charge, amount: Math.round(amount) });
}
