import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export const readSwitch = (key: string, fallback: boolean) => client.getBooleanValue(key, fallback);
