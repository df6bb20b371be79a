import { isEnabled } from 'unleash-client';
import { loadSoaps, loadScents, loadTowels } from './load';

export async function shelf(shop) {
  const [soaps, towels] = await Promise.all([loadSoaps(shop), loadTowels(shop), isEnabled('scents') ? loadScents(shop) : null]);
  return { soaps, towels };
}
