import { initialize } from 'unleash-client';
export const unleash = initialize({ url: process.env.UNLEASH_URL!, appName: 'desk' });
