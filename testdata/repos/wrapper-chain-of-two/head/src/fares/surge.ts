import { permits } from '../flags';
import { Keys } from '../flags/keys';
import { payments } from '../payments';

export async function chargeFare(trip: Trip) {
  let factor = trip.demand;
  if (await permits(Keys.surgeSteps)) {
    const step = Math.min(Math.ceil(trip.demand * 2) / 2, 2.5);
    return payments.chargeCard(trip.rider, trip.fare * step);
  }
  return payments.chargeCard(trip.rider, trip.fare * factor);
}
