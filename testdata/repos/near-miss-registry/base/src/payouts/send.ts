import { bank } from '../bank';

export async function sendWeekly(seller: Seller) {
  await bank.createPayout(seller.iban, seller.balance);
}
