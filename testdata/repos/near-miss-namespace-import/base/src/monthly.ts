import * as billing from './invoices';

export async function monthly(customers: string[]) {
  for (const customer of customers) {
    await billing.sendInvoice(customer);
  }
}
