import { getFlag } from './flags';

export async function isNightRateOn() {
  return await getFlag('night-rate');
}
