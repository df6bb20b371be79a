import { newClient } from './configcat';
let client;
export function getExperimentsClient() {
  if (!client) client = newClient();
  return client;
}
