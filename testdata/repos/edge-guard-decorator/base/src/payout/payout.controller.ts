import { Body, Controller, Post } from '@nestjs/common';
import { RequireFlagsEnabled } from '@openfeature/nestjs-sdk';
import { PayoutService } from './payout.service';

@Controller('payouts/abroad')
@RequireFlagsEnabled({ flags: [{ flagKey: 'foreign-payouts' }] })
export class ForeignPayoutController {
  constructor(private readonly payouts: PayoutService) {}

  @Post()
  create(@Body() body: PayoutDto) {
    return this.payouts.payOutAbroad(body.iban, body.amount);
  }
}
