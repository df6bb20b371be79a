import { OpenFeature } from '@openfeature/server-sdk';

const TAX_V2 = 'tax-v2';

export async function isTaxV2Enabled(accountId: string): Promise<boolean> {
  const client = OpenFeature.getClient();
  return await client.getBooleanValue(TAX_V2, false, { targetingKey: accountId });
}
