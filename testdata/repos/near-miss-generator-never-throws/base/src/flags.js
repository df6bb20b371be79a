import { isEnabled } from 'unleash-client';
export function* requireKiosk() {
  if (!isEnabled('kiosk')) throw new Error('off');
}
