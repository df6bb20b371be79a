import { stripe } from '../stripe';
import { isLoyal } from './loyal';

export async function renew(member: Member) {
  if (isLoyal(member)) {
    return stripe.charges.create({ customer: member.customerId, amount: member.fee });
  }
  return stripe.charges.create({ customer: member.customerId, amount: member.fee + 500 });
}
