import { bank } from './bank';
import { flags } from './flags';

flags.tips = true;

export function payTip(order, fees) {
  if (flags.tips) {
    bank.createPayout(order.iban, order.tip);
  }
}
