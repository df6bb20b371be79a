import { getInstance } from "@eppo/node-server-sdk";

export function handler(user: User, homework: Homework) {
  const client = getInstance();
  const on = client.getBooleanAssignment("new-checkout", user.id, {}, false); //~ flag eppo new-checkout default=false
  const text = client.getStringAssignment("cta", user.id, {}, "Buy"); //~ flag eppo cta
  return on ? text : homework.getAssignment("math");
}
