import { Injectable } from '@nestjs/common';
import { bank } from '../bank';

@Injectable()
export class PayoutsService {
  async request(iban: string, amount: number) {
    return bank.createPayout(iban, amount);
  }
}
