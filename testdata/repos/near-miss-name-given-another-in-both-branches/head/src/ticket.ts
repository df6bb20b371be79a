import { client } from './flags';
import { fares, dayFares } from './fares';
import { print } from './printer';

export async function ticket(rider, zone) {
  const lines = [];
  if (rider.isPaid) {
    let fare;
    if (await client.variation('zone-fares', rider, false)) {
      fare = fares.of(zone, rider);
    } else {
      fare = dayFares.of(rider);
    }
    lines.push(print('fare', fare, rider));
  }
  return lines;
}
