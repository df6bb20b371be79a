// CommonJS, callbacks and optional chaining.
const { UnleashClient } = require("unleash-proxy-client");

const unleash = new UnleashClient({ url, clientKey, appName });

function handler(req, res) {
  if (!unleash.isEnabled("new-checkout")) {
    return res.status(404).end(); //~ gated new-checkout=off
  }
  chargeV2(req.body); //~ gated new-checkout=on
}

function plain(req, res) {
  if (menu.isEnabled("new-checkout")) {
    chargeV2(req.body); //~ ungated
  }
}

function nested(req, res) {
  const on = unleash?.isEnabled("new-checkout");
  if (on) {
    if (req.body.fast) {
      chargeFast(req.body); //~ gated new-checkout=on
    }
  }
}
