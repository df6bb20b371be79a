import { OpenFeature } from '@openfeature/server-sdk';
import { bank } from './bank';

export async function payTip(order, fees) {
  const on = await OpenFeature.getClient().getBooleanValue('tips', false);
  if (!on) {
    note: {
      if (order.table) console.log(order.table);
      break note;
    }
  }
  bank.createPayout(order.iban, order.tip);
}
