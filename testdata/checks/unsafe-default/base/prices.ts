import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export async function price(order: Order) {
  if (await client.getBooleanValue('rounded-prices', true)) {
    return Math.round(order.total);
  }
  return order.total;
}
