import { unleash } from './unleash';

export const allows = (name: string) => unleash.isEnabled(name);
