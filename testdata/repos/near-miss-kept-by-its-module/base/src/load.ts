import { readdirSync } from 'node:fs';

export const load = () => readdirSync('resolvers').map((name) => require(`./resolvers/${name}`).default);
