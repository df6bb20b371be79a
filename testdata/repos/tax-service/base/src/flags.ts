import { init, type LDClient, type LDContext } from '@launchdarkly/node-server-sdk';

export const FLAGS = {
  SAVED_CARDS: 'saved-cards',
  TAX_API_TIMEOUT: 'tax-api-timeout-ms',
} as const;

const client: LDClient = init(process.env.LD_SDK_KEY ?? '');

export function flagClient(): LDClient {
  return client;
}

export function contextOf(customerId: string): LDContext {
  return { kind: 'user', key: customerId };
}
