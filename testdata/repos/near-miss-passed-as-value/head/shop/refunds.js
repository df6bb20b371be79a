const stripe = require('./stripe');

async function refundReturn(parcel) {
  return stripe.refunds.create({ charge: parcel.charge, amount: parcel.paid - parcel.shipping });
}

module.exports = { refundReturn };
