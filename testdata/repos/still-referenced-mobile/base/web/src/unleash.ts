import { initialize } from 'unleash-client';

export const unleash = initialize({ url: 'https://flags.example.com/api', appName: 'rides' });
