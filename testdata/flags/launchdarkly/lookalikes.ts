// Objects and classes of this file beside a real client: what they are is known, so their names say nothing.
import { init } from "@launchdarkly/node-server-sdk";

const ld = init("k");
const auditClient = { variation: (key: string, context: Ctx, fallback: boolean) => fallback };
const someClient: any = {};
const ldClient = { boolVariation(key: string) { return key === "beta"; } };

class Audit {
  variation(key: string, context: Ctx, fallback: boolean) {
    return fallback;
  }
}
class Recorder extends Audit {}
const classClient = new Audit();
const childClient = new Recorder();
const makeClient = () => ({ variation: (key: string) => key.length > 3 });
const madeClient = makeClient();
const browser = { init: () => ({ variation: (key: string, context: Ctx, fallback: boolean) => fallback }) };
const browserClient = browser.init("k");

export function lookalikes(context: Ctx) {
  return [
    auditClient.variation("a", context, false),
    someClient.variation("b", context, false),
    someClient.boolVariation("c", context, false),
    ldClient.boolVariation("d", context, false),
    classClient.variation("e", context, false),
    new Audit().variation("f", context, false),
    childClient.variation("g", context, false),
    madeClient.variation("h", context, false),
    browserClient.variation("i", context, false),
    browserClient.boolVariation("j", context, false),
  ];
}

// Nothing says that these are something else.
const emptyClient = null;
let lateClient: any = null;
const spreadClient = { ...ld, extra: true };
class Mixed extends Base {}
const mixedClient = new Mixed();

export function start() {
  lateClient = init("late");
}

export function real(client: any, context: Ctx) {
  const auditClient = client.child;
  ld.variation("one", context, false); //~ flag launchdarkly one
  client.variation("two", context, false); //~ flag launchdarkly two
  lateClient.variation("three", context, false); //~ flag launchdarkly three
  mixedClient.boolVariation("four", context, false); //~ flag launchdarkly four
  return spreadClient.boolVariation("five", context, false); //~ flag launchdarkly five
}

function inner(auditClient: any, context: Ctx) {
  return auditClient.variation("six", context, false); //~ flag launchdarkly six
}

class Holder {
  private ownClient = new Audit();
  private realClient = init("x");
  open(context: Ctx) {
    this.ownClient.variation("g", context, false);
    return this.realClient.variation("seven", context, false); //~ flag launchdarkly seven
  }
}

// A store of the project's own, under the name of the SDK's client.
const stored = new Map<string, boolean>();
const launchDarkly = { variation: (key: string) => stored.get(key) ?? false };
export const eight = launchDarkly.variation("eight"); //~ flag launchdarkly eight
