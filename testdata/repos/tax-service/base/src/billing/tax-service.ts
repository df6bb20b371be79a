import type { Order, TaxLine } from './types';
import { RateTable } from './rate-table';

export class TaxService {
  constructor(private readonly rates: RateTable) {}

  /** Tax of an order, in cents. */
  async total(order: Order): Promise<number> {
    const rate = await this.rates.forCountry(order.seller.country);
    return order.lines.reduce((sum, line) => sum + Math.round(line.amount * rate), 0);
  }

  async lines(order: Order): Promise<TaxLine[]> {
    const total = await this.total(order);
    return [{ label: 'Tax', amount: total }];
  }
}
