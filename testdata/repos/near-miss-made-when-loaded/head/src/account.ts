import { stripe } from './stripe';

export const account = stripe.accounts.create({ type: 'express', country: 'NZ' });
