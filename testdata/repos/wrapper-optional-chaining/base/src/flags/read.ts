import { GrowthBook } from '@growthbook/growthbook';

let growthbook: GrowthBook | undefined;

export async function start(key: string) {
  growthbook = new GrowthBook({ clientKey: key });
  await growthbook.init();
}

export async function reads(name: string): Promise<boolean> {
  return growthbook?.isOn(name) ?? false;
}
