import { ldClient } from '../ld-client';
import { createPayment } from './payments';
import type { Order } from './types';

export async function payBy(method: string, order: Order): Promise<void> {
const isOn = await ldClient.variation(`pay-by-${method}`, { kind: 'user', key: order.customerId }, false);
if (isOn) {
  const fee = Math.round(order.total * 0.02);
  const payment = await createPayment({ ...order, total: order.total + fee }, method);
  payment.fee = fee;
  payment.method = method;
  payment.reference = `${method}-${order.id}`;
  await payment.save();
  order.paidBy = method;
  order.paid = payment.amount;
  await order.save();
  return;
}
await createPayment(order, 'card');
}
