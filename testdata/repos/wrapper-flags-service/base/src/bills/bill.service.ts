import { FlagsService } from '../flags/flags.service';
import Stripe from 'stripe';

export class BillService {
  constructor(private readonly flags: FlagsService, private readonly stripe: Stripe) {}

  async settle(table: Table) {
    await this.stripe.charges.create({ customer: table.host, amount: table.total });
  }
}
