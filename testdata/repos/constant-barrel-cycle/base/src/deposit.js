import { isEnabled } from 'unleash-client';
import { PART_DEPOSITS } from './flags/index.js';
import { stripe } from './stripe.js';

export async function takeDeposit(hire) {
  await stripe.charges.create({ customer: hire.customer, amount: hire.deposit });
}
