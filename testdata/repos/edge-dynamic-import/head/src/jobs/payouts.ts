import { bank } from '../bank';
import { dueSellers } from '../sellers';

export async function start() {
  for (const seller of await dueSellers()) {
    await bank.createPayout(seller.iban, Math.min(seller.balance, 1000000));
  }
}
