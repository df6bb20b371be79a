import { init } from '@launchdarkly/node-server-sdk';

export const ldClient = init(process.env.LD_SDK_KEY ?? '');
