// Functions of this file that are called like in-house flags: what they do with the key decides.
import { store, request } from "./store";
import { Features } from "./features";

function isFeatureEnabled(userId: string, feature: string) {
  return userId === "admin" && feature === "beta";
}
function isFlagEnabled(name: string) {
  console.log("asked for", name);
  return true;
}
const isFeatureActive = (name: string) => ["a", "b"].includes(name) || name === Features.BETA;
function isFlagOn(userId: string, flag: string) {
  return bucket(userId) < 50;
}
function isFeatureOn(feature: string) {
  return isBeta(feature);
}
function isBeta(what: string) {
  return what.startsWith("beta-");
}
export const nothing = [
  isFeatureEnabled("u1", "dark-mode"),
  isFlagEnabled("a"),
  isFeatureActive("b"),
  isFlagOn("u1", "c"),
  isFeatureOn("d"),
];

// Stores of the project's own.
function hasFeatureFlag(user: User, flag: string) {
  return user.enabled[flag] === true;
}
function getFeatureFlag(name: string) {
  const variable = "FEATURE_" + name.toUpperCase();
  return process.env[variable] === "1";
}
const checkFeatureFlag = async (name: string, fallback = false) => {
  const answer = await request(`/flags/${name}`);
  return answer.ok ? answer.json() : fallback;
};
function isToggleEnabled(toggle: string) {
  return store.all().some((one) => one.name === toggle);
}
function isFlagActive(name: string) {
  return name in store.flags;
}
function featureEnabled(key: string) {
  if (!store.ready) {
    return false;
  }
  return read(key);
}
function read(name: string) {
  return store.find({ name });
}
export const flags = [
  hasFeatureFlag(me, "one"), //~ flag in-house one
  getFeatureFlag("two"), //~ flag in-house two
  checkFeatureFlag("three"), //~ flag in-house three
  isToggleEnabled("four"), //~ flag in-house four
  isFlagActive("five"), //~ flag in-house five
  featureEnabled("six"), //~ flag in-house six
];

// Whoever shadows the name means something else.
export function shadowed(isFeatureEnabled: (name: string) => boolean) {
  return isFeatureEnabled("seven"); //~ flag in-house seven
}

abstract class Toggles {
  constructor(private remote: Remote) {}
  isFeatureEnabled(name: string): boolean {
    throw new Error("not here");
  }
  flagEnabled(name: string) {
    return this.remote.has(name);
  }
  featureIsEnabled(name: string) {
    return false;
  }
  all() {
    this.featureEnabled("field"); //~ flag in-house field
    this.flagEnabled("eight"); //~ flag in-house eight
    return this.isFeatureEnabled("nine"); //~ flag in-house nine
  }
}
const toggleService = { isEnabled: () => false, isActive: (name: string) => store.flags[name] };
toggleService.isEnabled("off");
toggleService.isActive("ten"); //~ flag in-house ten

// The key in an object, or left out.
function useProductFlag(options: Options) {
  return store.useSetting(options.flag);
}
useProductFlag({ flag: "eleven" }); //~ flag in-house eleven
hasFeatureFlag("only-the-user");

// Keys that are made of what is handed in.
const preferenceOf = (id: string) => `preview/${id}`;
const lengthOf = (id: string) => id.length;
const isFeaturePreviewEnabled = (id: string) => Boolean(store.get(preferenceOf(id)));
const isExperimentEnabled = (id: string) => request.size(lengthOf(id)) > 0;
export const previews = [
  isFeaturePreviewEnabled("new-desk"), //~ flag in-house new-desk
  isExperimentEnabled("old-desk"),
];
