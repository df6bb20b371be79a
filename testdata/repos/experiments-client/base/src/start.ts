import { getExperimentsClient } from './experiments/client';
export async function start(user) {
  return old(user);
}
