import { oneOf } from './lists';
export const soaps = oneOf(['rose']);
