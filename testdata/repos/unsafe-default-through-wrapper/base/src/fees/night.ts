import { allows } from '../flags/allows';
import { stripe } from '../stripe';

export async function chargeNight(stay: Stay) {
  await stripe.charges.create({ customer: stay.guest, amount: stay.rate });
}
