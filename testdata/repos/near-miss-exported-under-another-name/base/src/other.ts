import { taxGet } from './tax-controller';
import { isEnabled } from 'unleash-client';
export function a(req) { if (isEnabled('x')) return go(); }
export function go() { return taxGet(); }
