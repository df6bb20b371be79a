import { isTaxV2Enabled } from '../flags/tax';
import { taxTable } from './table';

export async function taxFor(order: Order) {
  if (await isTaxV2Enabled(order.accountId)) {
    const taxable = order.buyer.vatId ? 0 : order.total;
    return taxable * taxTable.taxRate(order.destination);
  }
  return order.total * taxTable.taxRate(order.origin);
}
