import Stripe from 'stripe';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');

export function cancelSubscription(id: string, when: string) {
  return stripe.subscriptions.cancel(id, { when });
}
