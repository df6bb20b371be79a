import { initialize } from 'unleash-client';

const unleash = initialize({ url: process.env.UNLEASH_URL, appName: 'office' });

export const allows = (name) => unleash.isEnabled(name);
