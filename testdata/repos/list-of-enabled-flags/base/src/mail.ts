import { getEnabledFeatureFlags } from './db/featureFlags';

export async function mail(user) {
  await sendOld(user);
}
