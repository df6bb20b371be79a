function run(order) {
  const amount = order.total - order.fee;
  return stripe.refunds.create({ charge: order.charge, amount });
}
module.exports = { run };
