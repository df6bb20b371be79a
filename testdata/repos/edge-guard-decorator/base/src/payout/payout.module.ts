import { Module } from '@nestjs/common';
import { ForeignPayoutController } from './payout.controller';
import { PayoutService } from './payout.service';

@Module({ controllers: [ForeignPayoutController], providers: [PayoutService] })
export class PayoutModule {}
