const { allows } = require('./switchboard');
const bank = require('./bank');

async function payCourier(courier, tour) {
  if (allows(courier, 'distance-pay')) {
    await bank.sendPayout(courier.iban, tour.stops.length * 90 + tour.kilometres * 60);
    return;
  }
  await bank.sendPayout(courier.iban, tour.stops.length * 180);
}

module.exports = { payCourier };
