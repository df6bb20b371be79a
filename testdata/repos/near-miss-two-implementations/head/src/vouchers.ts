import { stripe } from './stripe';
import type { Switches } from './switches/switches';

export class VoucherDesk {
  constructor(private readonly switches: Switches) {}

  async giveBack(voucher: Voucher) {
    if (this.switches.allows('part-refunds')) {
      await stripe.refunds.create({ charge: voucher.chargeId, amount: voucher.value - voucher.spent });
    }
  }
}
