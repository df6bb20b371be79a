import { client } from './flags';
import { fares, dayFares } from './fares';
import { print } from './printer';

export async function ticket(rider, zone) {
  const lines = [];
  if (rider.isPaid) {
    lines.push(print('fare', dayFares.of(zone), rider));
  }
  return lines;
}
