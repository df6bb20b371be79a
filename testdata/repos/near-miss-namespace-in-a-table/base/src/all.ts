import * as tips from './tips';

export const money = { tips };
