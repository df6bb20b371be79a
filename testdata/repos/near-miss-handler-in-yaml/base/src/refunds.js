import { stripe } from './stripe.js';

export async function refundHook(event) {
  const order = JSON.parse(event.body);
  await stripe.refunds.create({ charge: order.charge, amount: order.total });
  return { statusCode: 204 };
}
