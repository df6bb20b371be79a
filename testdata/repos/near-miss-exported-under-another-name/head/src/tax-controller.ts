import { isEnabled } from 'unleash-client';
function show() {
  return stripe.charges.create({ amount: 2 });
}
export function run() { if (isEnabled('new-tax')) { show(); } }
export { show as taxGet };
