import { isTaxV2Enabled } from '../flags/tax';
import { taxTable } from './table';

export async function taxFor(order: Order) {
  if (await isTaxV2Enabled(order.accountId)) {
    return order.total * taxTable.taxRate(order.destination);
  }
  return order.total * taxTable.taxRate(order.origin);
}
