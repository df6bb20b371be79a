import { isEligible } from './eligible';
import { payments } from '../payments';

export async function payLater(cart: Cart) {
  if (!(await isEligible(cart.account))) {
    throw new Error('not offered');
  }
  return payments.authorizePayment(cart.account, cart.total);
}
