// What is imported from the project's flags and handed the name of one asks for it, whatever it is called.
import { checkOne, isOnFor, describe } from "../lib/flags";
import { checkTwo } from "../lib/prices";
import { FeatureFlags, Towns } from "../lib/names";

export async function soap(user: User) {
  const on = await checkOne(FeatureFlags.soap); //~ flag in-house FeatureFlags.soap unresolved
  const rose = isOnFor(FeatureFlags.rose, user); //~ flag in-house FeatureFlags.rose unresolved
  return [on, rose, describe(FeatureFlags.soap), checkOne(Towns.york), checkTwo(FeatureFlags.soap)];
}
