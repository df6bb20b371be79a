import { OpenFeature } from '@openfeature/server-sdk';
import { payTip } from './tips';

export async function closeDay(orders) {
  if (await OpenFeature.getClient().getBooleanValue('tips', false)) {
    for (const order of orders) payTip(order, 1);
  }
}
