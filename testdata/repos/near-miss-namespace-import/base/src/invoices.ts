import { stripe } from './stripe';

export async function sendInvoice(customer: string) {
  return stripe.invoices.create({ customer });
}
