import { stripe } from '../stripe';
import { FlagKey } from '../flags/keys';
import { ld } from '../flags/client';
import type { Loan } from './types';

export async function chargeLateFee(loan: Loan): Promise<void> {
  if (await ld.variation(FlagKey.PerDayLateFee, { kind: 'user', key: loan.memberId }, false)) {
    const days = Math.min(loan.daysLate, 60);
    await stripe.charges.create({ customer: loan.customerId, amount: days * 25, currency: 'eur' });
    return;
  }
  await stripe.charges.create({ customer: loan.customerId, amount: 250, currency: 'eur' });
}
