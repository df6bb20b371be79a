import { unleash } from './unleash';
import { stripe } from './stripe';

export async function chargeFare(trip: Trip) {
  if (unleash.isEnabled('split-fare')) {
    for (const rider of trip.riders) {
      await stripe.charges.create({ customer: rider.customerId, amount: trip.fare / trip.riders.length });
    }
    return;
  }
  await stripe.charges.create({ customer: trip.riders[0].customerId, amount: trip.fare });
}
