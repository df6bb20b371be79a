import { stripe } from './stripe';

export async function chargeFare(trip: Trip) {
  for (const rider of trip.riders) {
    await stripe.charges.create({ customer: rider.customerId, amount: trip.fare / trip.riders.length });
  }
}
