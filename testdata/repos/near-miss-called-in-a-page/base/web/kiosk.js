import { charge } from './billing.js';
import { isEnabled } from 'unleash-client';
export function kiosk(card) {
  if (isEnabled('kiosk')) charge(card, 10);
}
