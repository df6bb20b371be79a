import { ldClient } from '../ld-client';
import { createPayment } from './payments';
import type { Order } from './types';

export async function payBy(method: string, order: Order): Promise<void> {
  await createPayment(order, 'card');
}
