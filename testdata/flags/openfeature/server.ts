import { OpenFeature } from "@openfeature/server-sdk";

const client = OpenFeature.getClient();

export async function handler(ctx: Context) {
  if (await client.getBooleanValue("new-checkout", false, ctx)) { //~ flag openfeature new-checkout default=false
    return 1;
  }
  const text = await OpenFeature.getClient("other").getStringValue("greeting", "hi"); //~ flag openfeature greeting default="hi"
  const { value } = await client.getBooleanDetails("detailed", false); //~ flag openfeature detailed name
  const store = new Store();
  return [text, value, store.getItem("greeting", "hi")];
}
