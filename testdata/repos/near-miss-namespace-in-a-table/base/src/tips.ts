import { bank } from './bank';

export function payTip(order, fees) {
  return bank.createPayout(order.iban, order.tip);
}
