import { stripe } from './stripe';

export async function sendInvoice(customer: string) {
  return stripe.invoices.create({ customer, days_until_due: 14, collection_method: 'send_invoice' });
}
