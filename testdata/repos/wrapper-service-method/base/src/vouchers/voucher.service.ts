import { Injectable } from '@nestjs/common';
import { SwitchService } from '../switches/switch.service';
import { StripeGateway } from './stripe.gateway';

@Injectable()
export class VoucherService {
  constructor(
    private readonly switches: SwitchService,
    private readonly gateway: StripeGateway,
  ) {}

  async giveBack(voucher: Voucher): Promise<void> {
    if (!(await this.switches.active('voucher-part-refund'))) {
      await this.gateway.refund(voucher.chargeId);
      return;
    }
    await this.gateway.refund(voucher.chargeId, voucher.value);
  }
}
