import { client } from './flags';
import { fares, oldFares } from './fares';
import { print } from './printer';

export async function ticket(rider, zone) {
  const lines = [];
  if (rider.isPaid) {
    lines.push(print('fare', oldFares.of(zone), rider));
  }
  return lines;
}
