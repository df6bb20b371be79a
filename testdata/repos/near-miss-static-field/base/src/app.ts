import { isEnabled } from 'unleash-client';
import { Holder } from './holder';
export function start() {
  if (isEnabled('kiosk')) new Holder().show();
}
