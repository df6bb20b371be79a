import { init, LDClient } from "@launchdarkly/node-server-sdk";
import { FLAGS, OTHER_FLAG } from "./flags";

const client = init(process.env.SDK_KEY ?? "");
const NEW_TAX = "new-tax";
enum Keys {
  Billing = "billing-v2",
}
const TABLE = { banner: { key: "top-banner", default: false } } as const;

export async function checkout(user: User, product: Product) {
  if (await client.variation("new-checkout", user, false)) { //~ flag launchdarkly new-checkout default=false value
    return 1;
  }
  const tax = await client.boolVariation(NEW_TAX, user, true); //~ flag launchdarkly new-tax via=NEW_TAX default=true
  const billing = await client.variation(Keys.Billing, user, false); //~ flag launchdarkly billing-v2 via=Keys.Billing
  const banner = await client.variation(TABLE.banner.key, user, TABLE.banner.default); //~ flag launchdarkly top-banner via=TABLE.banner.key
  const far = await client.variation(FLAGS.NEW_TAX.key, user, false); //~ flag launchdarkly FLAGS.NEW_TAX.key unresolved
  const also = await client.variation(OTHER_FLAG, user, false); //~ flag launchdarkly OTHER_FLAG unresolved
  const { value, reason } = await client.boolVariationDetail("detailed", user, false); //~ flag launchdarkly detailed name
  const detail = (await client.variationDetail("more-detail", user, false)).value; //~ flag launchdarkly more-detail value
  // client.variation("commented-out", user, false)
  console.log('client.variation("in-a-string", user, false)');
  const size = otherThing().variation;
  return [tax, billing, banner, far, also, value, detail, reason, size];
}

export function wrapper(ld: LDClient, key: string, user: User) {
  return ld.variation(key, user, false); //~ flag launchdarkly ?key
}
