import { charge } from './billing';
import { isEnabled } from 'unleash-client';
export function kiosk(card: string) {
  if (isEnabled('kiosk')) charge(card, 10);
}
