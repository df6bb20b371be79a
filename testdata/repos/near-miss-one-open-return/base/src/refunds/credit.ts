import { mayCredit } from './may-credit';
import { ledger } from '../ledger';

export async function refundAsCredit(user: User, order: Order) {
  if (!(await mayCredit(user))) {
    return;
  }
  await ledger.giveStoreCredit(user.id, order.total);
}
