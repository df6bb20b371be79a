import { isEnabled } from 'unleash-client';
import { FLAGS } from '@healthnet/flag-tables';
import { stripe } from './stripe';

export async function refundVisit(visit: Visit) {
  await stripe.refunds.create({ charge: visit.charge });
}
