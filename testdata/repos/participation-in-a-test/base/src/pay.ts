import { stripe } from './stripe';

export function pay(order: Order, abParticipations: Participations) {
  return stripe.charges.create({ amount: order.total });
}
