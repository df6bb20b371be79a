export * as tips from './tips';
