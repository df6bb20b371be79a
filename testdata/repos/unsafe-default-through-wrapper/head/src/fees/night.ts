import { allows } from '../flags/allows';
import { stripe } from '../stripe';

export async function chargeNight(stay: Stay) {
  if (await allows('night-fee', true)) {
    await stripe.charges.create({ customer: stay.guest, amount: stay.rate + stay.cityFee });
    return;
  }
  await stripe.charges.create({ customer: stay.guest, amount: stay.rate });
}
