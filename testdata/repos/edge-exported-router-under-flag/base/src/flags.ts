import { isEnabled } from 'unleash-client';
export function withNewTax() { return isEnabled('new-tax'); }
