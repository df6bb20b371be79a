import { isEnabled } from 'unleash-client';
export function migrate(m: any) {
  if (isEnabled('kiosk')) m.apply();
}
