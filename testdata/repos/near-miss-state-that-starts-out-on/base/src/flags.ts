import { init } from '@launchdarkly/node-server-sdk';

const client = init(process.env.LD_SDK_KEY ?? '');

export async function isLateBusOn(rider) {
  return await client.variation('late-bus', rider, false);
}
