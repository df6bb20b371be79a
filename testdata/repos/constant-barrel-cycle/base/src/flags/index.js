export * from './web.js';
export * from './money.js';
