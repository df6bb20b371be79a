import { getEnabledFeatureFlags } from './db/featureFlags';

export async function mail(user) {
  const enabledFeatureFlags = await getEnabledFeatureFlags({ email: user.email });
  if (enabledFeatureFlags.includes('NewMail')) {
    await sendNew(user);
  } else {
    await sendOld(user);
  }
}
