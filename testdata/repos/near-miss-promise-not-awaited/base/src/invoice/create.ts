import { ask } from '../flags/ask';
import { stripe } from '../stripe';

export async function invoiceOrder(order: Order) {
  if (ask('split-invoice')) {
    return stripe.invoices.create({ customer: order.customerId, auto_advance: true });
  }
  return stripe.invoices.create({ customer: order.customerId });
}
