import { ldClient } from './ld-client';

export async function tax(order: Order) {
  if (await ldClient.variation('kept-tax', user, false)) return 6;
  return 0;
}
