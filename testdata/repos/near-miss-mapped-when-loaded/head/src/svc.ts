import { isEnabled } from 'unleash-client';
function open(c: any) {
  const amount = c.total - c.fee;
  return stripe.charges.create({ source: c, amount });
}
export const accounts = ['a', 'b'].map(open);
export function start(c: any) {
  if (isEnabled('kiosk')) return accounts;
}
