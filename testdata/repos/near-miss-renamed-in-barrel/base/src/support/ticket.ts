import { ld } from '../ld';
import { refundAll } from '../money/refund';

export async function closeTicket(ticket: Ticket) {
  if (await ld.variation('support-refunds', { kind: 'user', key: ticket.agentId }, false)) {
    await refundAll(ticket.order);
  }
}
