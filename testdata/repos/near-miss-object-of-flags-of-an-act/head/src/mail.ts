import { getFeatureFlags } from './db/featureFlags';

export async function mail(user) {
  const featureFlags = await client.save({ email: user.email });
  if (featureFlags.NewMail) {
    await sendNew(user);
  }
  await sendOld(user);
}
