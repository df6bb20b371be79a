import { fastRefunds } from './flags';
import { refundSum } from './refund';

export async function inTheEvening(orders: Order[]) {
  if (await fastRefunds()) return;
  for (const order of orders) {
    await refundSum(order.charge, order.total);
  }
}
