import { init } from '@launchdarkly/node-server-sdk';

export const client = init(process.env.LD_SDK_KEY ?? '');
