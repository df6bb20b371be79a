import { OpenFeature } from '@openfeature/server-sdk';
import { transfers } from '../bank/transfers';
import { AppSettings } from '../config/flags';
import type { Payout } from './types';

const client = OpenFeature.getClient();

export async function releasePayout(payout: Payout): Promise<void> {
  await transfers.schedule(payout.iban, payout.amount, payout.dueOn);
}
