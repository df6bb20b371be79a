import { init } from '@launchdarkly/node-server-sdk';

const client = init(process.env.LD_SDK_KEY ?? '');

export const isOn = async (key, request): Promise<boolean> => client.variation(key, request.user, false);
