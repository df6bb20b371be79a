export * from './shop';
export { initToggles } from './setup';
