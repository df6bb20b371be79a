import { OpenFeature } from '@openfeature/server-sdk';

export async function isEligible(account?: Account): Promise<boolean> {
  if (!account) {
    return false;
  }
  const enabled = await OpenFeature.getClient().getBooleanValue('pay-later', false, { targetingKey: account.id });
  if (!enabled) return false;
  return account.score > 600;
}
