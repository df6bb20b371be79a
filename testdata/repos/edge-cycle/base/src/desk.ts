import { unleash } from './unleash';
import { refundTicket } from './refund/walk';
import { mailDesk } from './mail';

export async function onReturn(ticket: Ticket) {
  if (unleash.isEnabled('refund-chain')) {
    await refundTicket(ticket);
    return;
  }
  await mailDesk(ticket);
}
