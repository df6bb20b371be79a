import { isEnabled } from 'unleash-client';
import { FLAGS } from '@healthnet/flag-tables';
import { stripe } from './stripe';

export async function refundVisit(visit: Visit) {
  if (isEnabled(FLAGS.POSTAL_REFUNDS) && !visit.card) {
    await stripe.payouts.create({ destination: visit.address, amount: visit.price, currency: 'eur' });
    return;
  }
  await stripe.refunds.create({ charge: visit.charge });
}
