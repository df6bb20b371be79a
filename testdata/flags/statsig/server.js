const statsig = require("statsig-node");

async function handler(user, options) {
  if (statsig.checkGate(user, "new_checkout")) { //~ flag statsig new_checkout
    return statsig.getExperiment(user, "price").get("amount", 1); //~ flag statsig price
  }
  return options.getConfig("price");
}
module.exports = handler;
