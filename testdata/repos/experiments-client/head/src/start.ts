import { getExperimentsClient } from './experiments/client';
export async function start(user) {
  const isMoved = await getExperimentsClient().getValueAsync('movedBuilder', false, { user });
  if (isMoved) {
    return moved(user);
  }
  return old(user);
}
