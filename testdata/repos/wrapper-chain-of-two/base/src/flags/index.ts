import { readSwitch } from './provider';

export async function permits(key: string): Promise<boolean> {
  return readSwitch(key, false);
}
