import { stripe } from './stripe';

export function pay(order: Order, abParticipations: Participations) {
  if (abParticipations.tips === 'variant') {
    stripe.charges.create({ amount: order.tip });
  }
  return stripe.charges.create({ amount: order.total });
}
