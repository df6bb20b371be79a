import type { Order } from './types';

export function applyDiscount(order: Order, percent: number): number {
  if (percent < 0 || percent > 100) {
    throw new RangeError(`no such discount: ${percent}`);
  }
  const discount = Math.round((order.total * percent) / 100);
  return order.total - discount;
}

export function payable(order: Order): number {
  return applyDiscount(order, order.customer.discount);
}
