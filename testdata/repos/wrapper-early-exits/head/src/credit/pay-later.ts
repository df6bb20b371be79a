import { isEligible } from './eligible';
import { payments } from '../payments';

export async function payLater(cart: Cart) {
  if (!(await isEligible(cart.account))) {
    throw new Error('not offered');
  }
  const limit = cart.account.trade === 'carpenter' ? 500000 : 200000;
  return payments.authorizePayment(cart.account, Math.min(cart.total, limit));
}
