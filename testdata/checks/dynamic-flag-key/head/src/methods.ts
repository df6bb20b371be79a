import { useFeature } from './use-feature';
import { ldClient } from './ld-client';

const METHODS = { card: 'pay-by-card', cash: 'pay-by-cash' };
const PREFIX = 'pay-by-';

export async function payBy(method: string, region: string) {
  const template = await ldClient.variation(`pay-by-${method}`, user, false); //~ dynamic-flag-key: `'pay-by-${method}'`
  const sum = await ldClient.variation(PREFIX + method, user, false); //~ dynamic-flag-key
  const call = await ldClient.variation(keyOf(method), user, false); //~ dynamic-flag-key: keyOf(method)
  const key = `pay-in-${region}`;
  const named = await ldClient.variation(key, user, false); //~ dynamic-flag-key
  return template && sum && call && named;
}

// One of two keys, and both can be found.
export async function payIn(region: string) {
  const fixed = await ldClient.variation('pay-abroad', user, false);
  return fixed && (await ldClient.variation(region === 'eu' ? 'pay-in-euro' : 'pay-in-dollar', user, false));
}

// Out of a table: the keys stand there.
export async function payWith(method: 'card' | 'cash') {
  return ldClient.variation(METHODS[method], user, false);
}

// Wrappers: their callers say the key.
export async function isOn(key: string) {
  return ldClient.variation(key, user, false);
}

export const allOn = (keys: string[]) => keys.map((key) => ldClient.variation(key, user, false));

export async function gated({ flag, name }: { flag: string; name: string }) {
  return ldClient.variation(flag, user, false);
}

export class Gate {
  constructor(private key: string) {}

  isOpen() {
    return ldClient.variation(this.key, user, false);
  }
}
