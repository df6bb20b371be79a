import { stripe } from '../stripe';
import { mayRefund } from './permissions';

export async function giveRefund(user: User, ticket: Ticket) {
  if (await mayRefund(user)) {
    const limit = user.level > 2 ? ticket.paid : 5000;
    return stripe.refunds.create({ charge: ticket.chargeId, amount: Math.min(ticket.paid, limit) });
  }
  throw new Error('Ask your manager');
}
