import { FliptClient } from "@flipt-io/flipt-client";

export async function handler(user: User, math: Calculator) {
  const client = await FliptClient.init({ namespace: "default" });
  const on = client.evaluateBoolean({ flagKey: "new-checkout", entityId: user.id, context: {} }); //~ flag flipt new-checkout
  return on.enabled ? math.evaluate("1+1") : joi.boolean({ flagKey: "x" });
}
declare const joi: Joi;
