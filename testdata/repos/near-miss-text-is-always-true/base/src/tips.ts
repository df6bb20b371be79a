import { OpenFeature } from '@openfeature/server-sdk';
import { bank } from './bank';

export async function payTip(order, fees) {
  const layout = await OpenFeature.getClient().getStringValue('tip-layout', 'classic');
  if (layout) {
    bank.createPayout(order.iban, order.tip);
  }
}
