import { isEnabled } from 'unleash-client';

export function label() {
  return translated('pay');
}
