import { payTip } from '../lib/payTip';

export function generateImageMetadata(order) {
  return payTip(order);
}
