import { initialize, isEnabled as unleashIsEnabled, type Unleash } from "unleash-client";
import { toolbar } from "./toolbar";

const unleash = initialize({ url: "https://unleash.example.com/api/", appName: "shop" });

export function checkout(context: Context, button: Button) {
  if (unleash.isEnabled("new-checkout", context)) { //~ flag unleash new-checkout
    return unleash.getVariant("checkout-color").name; //~ flag unleash checkout-color
  }
  return unleashIsEnabled("direct") || toolbar.isEnabled("bold"); //~ flag unleash direct
}

export class Gate {
  constructor(private readonly client: Unleash, private readonly panel: Panel) {}
  open(context: Context) {
    return this.client.isEnabled("gate", context) && this.panel.isEnabled("left"); //~ flag unleash gate
  }
}
