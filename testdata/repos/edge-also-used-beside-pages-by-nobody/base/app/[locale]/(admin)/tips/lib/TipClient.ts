import { payTip } from './payTip';

export class TipClient {
  constructor(order) {
    this.order = order;
    this.send();
  }

  send() {
    return payTip(this.order);
  }
}
