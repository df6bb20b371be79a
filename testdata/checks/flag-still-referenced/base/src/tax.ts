import { ldClient } from './ld-client';
import { FLAGS } from './flags';

export async function tax(order: Order) {
  if (await ldClient.variation('new-tax', user, false)) return 1; //~ flag-still-referenced: `new-tax` is removed here, but the repository still mentions it: config/flags.yml:2 and 3 more files.
  if (await ldClient.variation('tax-by-zip', user, false)) return 2; //~ flag-still-referenced: only tests still mention it: tests/tax.test.ts
  if (await ldClient.variation(FLAGS.TAX_HOLIDAY, user, false)) return 3; //~ flag-still-referenced: src/holiday.ts
  if (await ldClient.variation('old-tax', user, false)) return 4;
  if (await ldClient.variation('tax', user, false)) return 5;
  if (await ldClient.variation('kept-tax', user, false)) return 6;
  return 0;
}
