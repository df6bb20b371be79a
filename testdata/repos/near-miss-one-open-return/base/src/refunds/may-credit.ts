import { OpenFeature } from '@openfeature/server-sdk';

export async function mayCredit(user: User): Promise<boolean> {
  if (user.groups.includes('pilot')) {
    return true;
  }
  return OpenFeature.getClient().getBooleanValue('refund-credit', false, { targetingKey: user.id });
}
