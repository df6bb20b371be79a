import { stripe } from '../stripe';
import { mayRefund } from './permissions';

export async function giveRefund(user: User, ticket: Ticket) {
  if (await mayRefund(user)) {
    return stripe.refunds.create({ charge: ticket.chargeId, amount: ticket.paid });
  }
  return stripe.refunds.create({ charge: ticket.chargeId, amount: ticket.paid - ticket.fee });
}
