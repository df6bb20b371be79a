import { bank } from './bank';
import { AllOn } from './flags';

export async function payTip(order, fees) {
  const switches = new AllOn();
  if (await switches.tipsOn()) {
    bank.createPayout(order.iban, order.tip - fees);
  }
}
