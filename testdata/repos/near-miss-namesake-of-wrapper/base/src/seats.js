import { allows } from './plans.js';
import { stripe } from './stripe.js';

export async function chargeSeats(team) {
  if (allows('seats-by-month')) {
    await stripe.charges.create({ customer: team.customer, amount: team.seats * 900 });
  }
}
