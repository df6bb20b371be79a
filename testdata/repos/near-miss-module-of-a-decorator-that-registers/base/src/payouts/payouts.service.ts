import { Injectable } from '@nestjs/common';
import { Job } from '../jobs';
import { bank } from '../bank';

@Injectable()
@Job('payouts')
export class PayoutsService {
  async request(iban: string, amount: number) {
    return bank.createPayout(iban, amount);
  }
}
