import { taxGet } from './tax-controller';
export function pay(req, res) { taxGet(); }
