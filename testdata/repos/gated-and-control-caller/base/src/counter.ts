import { fastRefunds } from './flags';
import { refundSum } from './refund';

export async function atCounter(order: Order) {
  if (await fastRefunds()) {
    await refundSum(order.charge, order.total);
  }
}
