import { Views } from './views';

export const known = (name: keyof typeof Views) => open(Views[name]);

listen(known);
