import { isEnabled } from 'unleash-client';
import { loadSoaps, loadScents, loadTowels } from './load';

export async function shelf(shop) {
  const [soaps, scents] = await Promise.all([loadSoaps(shop), isEnabled('scents') ? loadScents(shop) : null]);
  return { soaps, scents };
}
