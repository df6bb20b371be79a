import { isEnabled } from 'unleash-client';
import { PART_DEPOSITS } from './flags/index.js';
import { stripe } from './stripe.js';

export async function takeDeposit(hire) {
  if (isEnabled(PART_DEPOSITS)) {
    await stripe.charges.create({ customer: hire.customer, amount: Math.ceil(hire.deposit / 3) });
    return;
  }
  await stripe.charges.create({ customer: hire.customer, amount: hire.deposit });
}
