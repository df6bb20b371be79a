function run(order) {
  return stripe.refunds.create({ charge: order.charge });
}
module.exports = { run };
