import { OpenFeature } from '@openfeature/server-sdk';

export async function allows(name: string, fallback: boolean): Promise<boolean> {
  return OpenFeature.getClient().getBooleanValue(name, fallback);
}
