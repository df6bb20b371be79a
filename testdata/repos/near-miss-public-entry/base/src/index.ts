export { chargeFee } from './charge';
export { bridge } from './bridge';
