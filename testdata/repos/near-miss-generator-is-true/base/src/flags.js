import { isEnabled } from 'unleash-client';
export function* kioskOn() {
  return isEnabled('kiosk');
}
