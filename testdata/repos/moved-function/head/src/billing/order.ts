import { applyDiscount } from './discount';
import type { Order } from './types';

export function payable(order: Order): number {
  return applyDiscount(order, order.customer.discount);
}
