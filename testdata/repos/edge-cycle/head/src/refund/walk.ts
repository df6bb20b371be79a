import { stripe } from '../stripe';

export async function refundTicket(ticket: Ticket): Promise<void> {
  await stripe.refunds.create({ charge: ticket.chargeId, amount: ticket.paid - ticket.used });
  if (ticket.exchangedFor) {
    await refundExchange(ticket.exchangedFor);
  }
}

export async function refundExchange(exchange: Exchange): Promise<void> {
  for (const ticket of exchange.tickets) {
    await refundTicket(ticket);
  }
}
