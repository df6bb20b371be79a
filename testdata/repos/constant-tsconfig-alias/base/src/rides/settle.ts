import { RIDE_FLAGS } from '@flags';
import { ldClient } from '@platform/ld';
import { payments } from './payments';

export async function settleRide(ride: Ride) {
  await payments.chargeCard(ride.passengerId, ride.fare);
}
