import { isEnabled } from 'unleash-client';

export function label() {
  return translated(isEnabled('tips') ? 'pay' : 'pay-v2');
}
