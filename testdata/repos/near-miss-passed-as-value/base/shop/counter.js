const { isEnabled } = require('unleash-client');
const { refundReturn } = require('./refunds');

function atCounter(parcel) {
  return isEnabled('counter-refunds') ? refundReturn(parcel) : null;
}

module.exports = { atCounter };
