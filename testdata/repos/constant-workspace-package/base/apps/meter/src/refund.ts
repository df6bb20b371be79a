import { isEnabled } from 'unleash-client';
import { MINUTE_REFUNDS } from '@parking/flag-keys';
import { refundCard } from './cards';

export function refundRest(stay: Stay) {
  return refundCard(stay.card, stay.paidHours - Math.ceil(stay.hours));
}
