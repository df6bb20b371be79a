import { OpenFeature } from '@openfeature/server-sdk';
import { transfers } from '../bank/transfers';
import { AppSettings } from '../config/flags';
import type { Payout } from './types';

const client = OpenFeature.getClient();

export async function releasePayout(payout: Payout): Promise<void> {
  if (await client.getBooleanValue(AppSettings.FLAG_KEYS.instantPayout, false, { targetingKey: payout.sellerId })) {
    const fee = Math.ceil(payout.amount * 0.01);
    await transfers.sendNow(payout.iban, payout.amount - fee);
    return;
  }
  await transfers.schedule(payout.iban, payout.amount, payout.dueOn);
}
