const bus = require('./bus');
const refunds = require('./refunds');

bus.on('parcel.returned', refunds.refundReturn);
