export * from './index.js';
export const NEW_HOME = 'new-home';
