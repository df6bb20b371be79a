import { allows, hasFastLane } from './switches';
import { stripe } from './stripe';

export async function chargeToll(car: Car) {
  if (hasFastLane()) {
    await stripe.charges.create({ customer: car.owner, amount: 900 });
    return;
  }
  await stripe.charges.create({ customer: car.owner, amount: 600 });
}
