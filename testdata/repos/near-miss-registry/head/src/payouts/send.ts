import { bank } from '../bank';

export async function sendWeekly(seller: Seller) {
  const reference = `${seller.id}-${seller.week}`;
  await bank.createPayout(seller.iban, seller.balance, reference);
}
