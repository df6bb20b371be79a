import { init } from '@launchdarkly/node-server-sdk';

const client = init(process.env.LD_KEY ?? '');

export const fastRefunds = (): Promise<boolean> => client.variation('fast-refunds', { kind: 'service', key: 'shop' }, false);
