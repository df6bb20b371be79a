// Flags that are kept in a list, each a record with its key and its value.
import { FLAG } from "./keys";

const NEW_TAX = "new-tax";

export function lists(featureFlags: Flag[], users: User[], name: string) {
  const tax = featureFlags.find((flag) => flag.id === "tax")?.defaultValue ?? false; //~ flag in-house tax
  const found = featureFlags.find(({ key }) => NEW_TAX === key);
  if (found && found.enabled) { //~ flag in-house new-tax via=NEW_TAX
    return featureFlags.some((flag) => flag.name === "some" && flag.enabled); //~ flag in-house some
  }
  const both = featureFlags.find((flag) => flag.enabled && flag.name === "both"); //~ flag in-house both
  // Near misses: a record is there whatever the flag says; a key that nobody knows; lists of something else.
  const record = featureFlags.find((flag) => flag.id === "record");
  const has = featureFlags.some((flag) => flag.id === "has");
  const dynamic = featureFlags.find((flag) => flag.id === name)?.enabled;
  const either = featureFlags.find((flag) => flag.id === "a" || flag.id === "b")?.enabled;
  const other = featureFlags.find((flag) => user.id === "other")?.enabled;
  const user = users.find((user) => user.id === "u1")?.enabled;
  const many = featureFlags.filter((flag) => flag.id === "many").length;
  return tax && both && record && has && dynamic && either && other && user && many;
}

export function tests(abParticipations: Participations, participations: Participations) {
  return abParticipations.newCheckout === "variant" && participations.other === "variant"; //~ flag in-house newCheckout
}
