import { OpenFeature } from '@openfeature/server-sdk';
import { chargeFee } from './charge';

export async function bridge(account: string) {
  if (await OpenFeature.getClient().getBooleanValue('bridge-toll', false)) {
    await chargeFee(account, 900);
  }
}
