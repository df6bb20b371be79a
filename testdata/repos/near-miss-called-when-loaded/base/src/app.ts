import { isEnabled } from 'unleash-client';
import { POLICY } from './csp';
export function start(app: any) {
  if (isEnabled('kiosk')) app.use(POLICY);
}
