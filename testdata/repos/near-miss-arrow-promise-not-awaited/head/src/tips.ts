import { OpenFeature } from '@openfeature/server-sdk';
import { bank } from './bank';

const isOn = async () => OpenFeature.getClient().getBooleanValue('tips', false);

export function payTip(order, fees) {
  if (!isOn()) return;
  bank.createPayout(order.iban, order.tip - fees);
}
