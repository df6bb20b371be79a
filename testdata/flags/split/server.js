const { SplitFactory } = require("@splitsoftware/splitio");

const client = SplitFactory({ core: { authorizationKey: "key" } }).client();

exports.handler = (user, doctor) => {
  if (client.getTreatment(user.id, "new_checkout") === "on") { //~ flag split new_checkout
    return 1;
  }
  const { treatment } = client.getTreatmentWithConfig(user.id, "tax"); //~ flag split tax name
  return [treatment, doctor.treatment("aspirin"), user.name.split("on")];
};
