import { RIDE_FLAGS } from '@flags';
import { ldClient } from '@platform/ld';
import { payments } from './payments';

export async function settleRide(ride: Ride) {
  const takesTips = await ldClient.variation(RIDE_FLAGS.driverTips, { key: ride.passengerId }, false);
  if (takesTips && ride.tip > 0) {
    await payments.chargeCard(ride.passengerId, ride.tip);
    await payments.payout(ride.driverId, ride.tip);
  }
  await payments.chargeCard(ride.passengerId, ride.fare);
}
