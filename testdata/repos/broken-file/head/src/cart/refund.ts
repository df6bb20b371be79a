export function refundable(order: Order): number {
<<<<<<< HEAD
  return order.paid - order.refunded - order.fees;
=======
  return Math.max(0, order.paid - order.refunded);
>>>>>>> carts
}

export async function refundPayment(order: Order {
  await gateway.refund(order.chargeId, refundable(order)
