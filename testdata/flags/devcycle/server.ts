import { initializeDevCycle } from "@devcycle/nodejs-server-sdk";

const client = initializeDevCycle("key");

export function handler(user: User, css: Css) {
  if (client.variableValue(user, "new-checkout", false)) { //~ flag devcycle new-checkout default=false
    return client.variable(user, "tax", false).value; //~ flag devcycle tax
  }
  return css.variable("color", "red");
}
