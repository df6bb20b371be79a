import { ld } from './ld';

/** Asks LaunchDarkly for a switch of the current rider. */
export async function isToggleOn(name: string, riderId = 'anonymous'): Promise<boolean> {
  return ld.variation(name, { kind: 'user', key: riderId }, false);
}
