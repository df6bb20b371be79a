import { stripe } from '../stripe';
import { FlagKey } from '../flags/keys';
import { ld } from '../flags/client';
import type { Loan } from './types';

export async function chargeLateFee(loan: Loan): Promise<void> {
  if (await ld.variation(FlagKey.PerDayLateFee, { kind: 'user', key: loan.memberId }, false)) {
    await stripe.charges.create({ customer: loan.customerId, amount: loan.daysLate * 20, currency: 'eur' });
    return;
  }
  await stripe.charges.create({ customer: loan.customerId, amount: 250, currency: 'eur' });
}
