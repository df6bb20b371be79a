import * as ld from '@launchdarkly/node-server-sdk';

export const ldClient = ld.init(process.env.LD_KEY ?? '');
