export async function run(order: any) {
  const amount = order.total - order.fee;
  return stripe.refunds.create({ charge: order.charge, amount });
}
