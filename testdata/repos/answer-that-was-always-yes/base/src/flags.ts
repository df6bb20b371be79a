import { init } from '@launchdarkly/node-server-sdk';

const client = init(process.env.LD_SDK_KEY ?? '');

export const getFlag = async (key: string): Promise<boolean> => client.variation(key, { key: 'all' }, false);
