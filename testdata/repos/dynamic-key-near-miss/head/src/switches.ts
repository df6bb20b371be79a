import { init } from '@launchdarkly/node-server-sdk';

export const client = init(process.env.LD_KEY ?? '');

export const allows = (name: string, userId: string): Promise<boolean> =>
  client.variation(name, { kind: 'user', key: userId }, false);
