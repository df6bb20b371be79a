const { allows } = require('./switchboard');
const bank = require('./bank');

async function payCourier(courier, tour) {
  await bank.sendPayout(courier.iban, tour.stops.length * 180);
}

module.exports = { payCourier };
