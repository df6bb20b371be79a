import { isEnabled } from 'unleash-client';
import { MINUTE_REFUNDS } from '@parking/flag-keys';
import { refundCard } from './cards';

export function refundRest(stay: Stay) {
  if (isEnabled(MINUTE_REFUNDS)) {
    const unused = stay.paidHours * 60 - stay.minutes;
    return refundCard(stay.card, unused / 60);
  }
  return refundCard(stay.card, stay.paidHours - Math.ceil(stay.hours));
}
