import { FlagsService } from '../flags/flags.service';
import Stripe from 'stripe';

export class BillService {
  constructor(private readonly flags: FlagsService, private readonly stripe: Stripe) {}

  async settle(table: Table) {
    if (this.flags.isEnabled('split-bill') && table.guests.length > 1) {
      const share = Math.ceil(table.total / table.guests.length);
      await Promise.all(table.guests.map((guest) => this.stripe.charges.create({ customer: guest, amount: share })));
      return;
    }
    await this.stripe.charges.create({ customer: table.host, amount: table.total });
  }
}
