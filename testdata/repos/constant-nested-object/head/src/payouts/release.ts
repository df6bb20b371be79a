import { OpenFeature } from '@openfeature/server-sdk';
import { transfers } from '../bank/transfers';
import { FLAGS } from '../config/flags';
import type { Payout } from './types';

const client = OpenFeature.getClient();

export async function releasePayout(payout: Payout): Promise<void> {
  if (await client.getBooleanValue(FLAGS.INSTANT_PAYOUT.key, false, { targetingKey: payout.sellerId })) {
    const fee = Math.ceil(payout.amount * 0.01);
    await transfers.sendNow(payout.iban, payout.amount - fee);
    return;
  }
  await transfers.schedule(payout.iban, payout.amount, payout.dueOn);
}
