import { isEnabled } from 'unleash-client';
import { refundHook } from './refunds.js';

export async function replay(events) {
  if (isEnabled('replay-refunds')) {
    for (const event of events) await refundHook(event);
  }
}
