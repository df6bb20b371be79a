import { OpenFeature } from '@openfeature/server-sdk';
import { Tips } from './tips';

export async function closeDay(order) {
  const tips = new Tips();
  tips.note();
  if (await OpenFeature.getClient().getBooleanValue('tips', false)) {
    tips.settle(order, 1);
  }
}
