import { isEnabled } from 'unleash-client';
export class FlagService {
  kioskOn() { return isEnabled('kiosk'); }
}
