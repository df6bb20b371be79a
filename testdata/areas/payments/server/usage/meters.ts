// What is measured and sent to whoever bills it.
import { sync } from "../stripe/sync";
import { stripe } from "../clients";

export async function send(events: Usage[]) {
  await stripe.billing.meterEvents.create(events[0]); //~ area payments:critical
}

export async function reconcile(customer: string) {
  await sync.stripeSubscription(customer); //~ area payments:critical
}

export function reduce(voucher: Voucher, discount: Discount, base: number) {
  const totalBefore = calculateTotal(base);
  return voucher.once ? discount.rest : totalBefore; //~ area payments:critical
}

export function order(rows: Row[]) {
  return rows.sort(byTotal);
}

export function remember(customer: string) {
  return sync.later(customer);
}
