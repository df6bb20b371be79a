import { payTip } from './tips';

export const money = { payTip };
