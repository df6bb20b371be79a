import { getFlag } from './flags';

export async function isNightRateOn() {
  return true;
}
