import { isNightRateOn } from './switches';

export async function rate(car) {
  if (await isNightRateOn()) {
    return 2;
  }
  return 3;
}
