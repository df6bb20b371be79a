const path = require('path');

module.exports = { resolve: { alias: { gratuity: path.resolve(__dirname, 'src/tips') } } };
