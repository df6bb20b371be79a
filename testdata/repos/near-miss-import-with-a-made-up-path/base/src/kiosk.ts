import { run } from './actions/refund';
import { isEnabled } from 'unleash-client';
export function kiosk(o: any) {
  if (isEnabled('kiosk')) run(o);
}
