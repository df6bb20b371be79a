const { run } = require('./actions/refund');
const { isEnabled } = require('unleash-client');
exports.kiosk = (o) => {
  if (isEnabled('kiosk')) run(o);
};
