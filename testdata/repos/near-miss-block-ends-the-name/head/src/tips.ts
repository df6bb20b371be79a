import { OpenFeature } from '@openfeature/server-sdk';
import { bank } from './bank';

const isOpen = bank.isOpen();

export async function payTip(order, fees) {
  if (order.table) {
    const isOpen = await OpenFeature.getClient().getBooleanValue('tips', false);
    console.log(isOpen);
  }
  if (isOpen) {
    bank.createPayout(order.iban, order.tip - fees);
  }
}
