const stripe = require('./stripe');

async function refundReturn(parcel) {
  return stripe.refunds.create({ charge: parcel.charge });
}

module.exports = { refundReturn };
