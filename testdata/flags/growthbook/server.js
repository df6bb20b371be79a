const { GrowthBook } = require("@growthbook/growthbook");

const gb = new GrowthBook({});

exports.handler = (light) => {
  if (gb.isOn("new-checkout")) { //~ flag growthbook new-checkout
    return gb.evalFeature("tax").on; //~ flag growthbook tax
  }
  return light.isOn && map.getFeatureValue;
};
