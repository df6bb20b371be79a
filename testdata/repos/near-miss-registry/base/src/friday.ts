import { unleash } from './unleash';
import { sendWeekly } from './payouts/send';

export async function onFriday(sellers: Seller[]) {
  if (!unleash.isEnabled('weekly-payouts')) return;
  for (const seller of sellers) {
    await sendWeekly(seller);
  }
}
