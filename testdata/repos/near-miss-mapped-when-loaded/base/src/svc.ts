import { isEnabled } from 'unleash-client';
function open(c: any) {
  return stripe.accounts.retrieve(c);
}
export const accounts = ['a', 'b'].map(open);
export function start(c: any) {
  if (isEnabled('kiosk')) return accounts;
}
