import { init } from '@launchdarkly/node-server-sdk';

const client = init(process.env.LD_KEY ?? '');

export const orderApiV2 = (): Promise<boolean> => client.variation('order-api-v2', { kind: 'service', key: 'api' }, false);
