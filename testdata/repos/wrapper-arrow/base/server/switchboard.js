const { initialize } = require('unleash-client');

const unleash = initialize({ url: process.env.UNLEASH_URL, appName: 'courier' });

const allows = (user, name) => unleash.isEnabled(name, { userId: user.id, region: user.region });

module.exports = { allows };
