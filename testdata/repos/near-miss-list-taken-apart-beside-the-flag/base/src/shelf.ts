import { isEnabled } from 'unleash-client';
import { loadSoaps, loadScents, loadTowels } from './load';

export async function shelf(shop) {
  const [soaps] = await Promise.all([loadSoaps(shop)]);
  return { soaps };
}
