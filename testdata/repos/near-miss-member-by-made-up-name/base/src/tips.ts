import { bank } from './bank';

export class Tips {
  settle(order, fees) {
    bank.createPayout(order.iban, order.tip);
  }

  note() {}
}
