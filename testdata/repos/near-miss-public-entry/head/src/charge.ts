import { stripe } from './stripe';

export async function chargeFee(account: string, metres: number) {
  return stripe.charges.create({ customer: account, amount: Math.ceil(metres * 0.2) });
}
