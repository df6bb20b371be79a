import { initialize } from 'unleash-client';

const unleash = initialize({ url: 'https://flags.example.com/api', appName: 'toll' });

export const allows = (name: string) => unleash.isEnabled(name);
export const hasFastLane = () => allows('fast-lane');
