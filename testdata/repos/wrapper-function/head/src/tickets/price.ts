import { isToggleOn } from '../platform/toggles';
import { stripe } from '../stripe';

export async function chargeTicket(rider: Rider, zones: number): Promise<void> {
  if (await isToggleOn('day-tickets', rider.id)) {
    await stripe.charges.create({ customer: rider.customerId, amount: Math.ceil(zones * 3.5) * 100 });
    return;
  }
  await stripe.charges.create({ customer: rider.customerId, amount: zones * 290 });
}
