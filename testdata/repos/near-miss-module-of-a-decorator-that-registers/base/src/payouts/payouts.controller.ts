import { Body, Controller, Post } from '@nestjs/common';
import { PayoutsService } from './payouts.service';

@Controller('payouts')
export class PayoutsController {
  constructor(private readonly payouts: PayoutsService) {}

  @Post()
  async request(@Body() body: { iban: string; amount: number }) {
    return this.payouts.request(body.iban, body.amount);
  }
}
