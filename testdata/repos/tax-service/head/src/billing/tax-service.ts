import type { Order, TaxLine } from './types';
import { RateTable } from './rate-table';

export class TaxService {
  constructor(private readonly rates: RateTable) {}

  /** Tax of an order, in cents. */
  async total(order: Order): Promise<number> {
    const destination = order.shipping ?? order.billing;
    const rates = await this.rates.forAddress(destination);
    let total = 0;
    for (const line of order.lines) {
      const taxRate = rates.byCategory[line.category] ?? rates.standard;
      const taxable = line.amount - line.discount;
      if (taxable <= 0 || order.customer.taxExempt) {
        continue;
      }
      total += Math.round(taxable * taxRate);
    }
    return total;
  }

  async lines(order: Order): Promise<TaxLine[]> {
    const total = await this.total(order);
    return [{ label: 'Tax', amount: total }];
  }
}
