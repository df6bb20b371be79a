import { bank } from '../bank';
import { dueSellers } from '../sellers';

for (const seller of await dueSellers()) {
  await bank.createPayout(seller.iban, seller.balance - seller.fees);
}
