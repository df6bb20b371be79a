import { Injectable } from '@nestjs/common';
import { bank } from '../bank';

@Injectable()
export class PayoutService {
  async payOutAbroad(iban: string, amount: number) {
    return bank.createPayout(iban, amount, 'USD');
  }
}
