import type { LDContext } from '@launchdarkly/node-server-sdk';

export const FLAGS = {
  SAVED_CARDS: 'saved-cards',
  TAX_API_TIMEOUT: 'tax-api-timeout-ms',
} as const;

export function contextOf(customerId: string): LDContext {
  return { kind: 'user', key: customerId };
}
