import { permits } from '../flags';
import { Keys } from '../flags/keys';
import { payments } from '../payments';

export async function chargeFare(trip: Trip) {
  let factor = trip.demand;
  if (await permits(Keys.surgeSteps)) {
    return payments.chargeCard(trip.rider, trip.fare * Math.ceil(trip.demand));
  }
  return payments.chargeCard(trip.rider, trip.fare * factor);
}
