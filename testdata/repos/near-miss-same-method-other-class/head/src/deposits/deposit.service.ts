import { stripe } from '../stripe';

export class DepositService {
  async release(lease: Lease) {
    await stripe.refunds.create({ charge: lease.depositCharge, amount: lease.deposit - lease.damage });
  }
}
