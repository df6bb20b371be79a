export * from './web.js';
export const PART_DEPOSITS = 'part-deposits';
