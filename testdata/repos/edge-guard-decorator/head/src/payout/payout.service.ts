import { Injectable } from '@nestjs/common';
import { bank } from '../bank';

@Injectable()
export class PayoutService {
  async payOutAbroad(iban: string, amount: number) {
    const currency = iban.startsWith('GB') ? 'GBP' : 'USD';
    return bank.createPayout(iban, amount, currency);
  }
}
