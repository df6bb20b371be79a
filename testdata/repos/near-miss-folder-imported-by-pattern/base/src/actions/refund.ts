export async function run(order: any) {
  return stripe.refunds.create({ charge: order.charge });
}
