import { stripe } from './stripe.js';

export async function capturePayment(order) {
  return stripe.paymentIntents.capture(order.intentId, { amount_to_capture: order.total + order.tip });
}
