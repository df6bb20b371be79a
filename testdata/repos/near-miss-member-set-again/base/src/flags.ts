import { OpenFeature } from '@openfeature/server-sdk';

export const flags = { tips: await OpenFeature.getClient().getBooleanValue('tips', false) };
