import { ldClient } from "./ldClient";
import { catalog } from "./catalog";

export class Gate {
  constructor(private readonly launchDarkly: Flags) {}
  open(user: User) {
    return this.launchDarkly.variation("open-gate", user, false); //~ flag launchdarkly open-gate
  }
}

export function sizes(product: Product, user: User) {
  const shirt = product.variation("size-xl");
  const first = catalog.variation("color", shirt, false);
  const menu = product.variations.find((one) => one.variation("x"));
  return ldClient.variation("new-sizes", user, false) ? [shirt, first, menu] : []; //~ flag launchdarkly new-sizes
}
