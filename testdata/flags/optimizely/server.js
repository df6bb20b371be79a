const { createInstance } = require("@optimizely/optimizely-sdk");

const optimizely = createInstance({ sdkKey: "key" });

exports.handler = (id, court) => {
  const user = optimizely.createUserContext(id);
  if (user.decide("new_checkout").enabled) { //~ flag optimizely new_checkout
    return optimizely.isFeatureEnabled("tax", id); //~ flag optimizely tax
  }
  return court.decide;
};
