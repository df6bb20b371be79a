export function refundable(order: Order): number {
  return order.paid - order.refunded;
}
