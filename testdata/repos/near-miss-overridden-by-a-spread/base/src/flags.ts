import { isEnabled } from 'unleash-client';
export function useKioskFlags(overrides: any) {
  return { kioskOn: isEnabled('kiosk'), ...overrides };
}
