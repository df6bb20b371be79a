// What the server charges: with the SDK, and by names alone.
import Stripe from "stripe";
import { db } from "../db";

const stripe = new Stripe(process.env.STRIPE_KEY); //~ area payments:critical

export async function chargeCustomer(customer: string, amount: number) {
  const intent = await stripe.paymentIntents.create({ customer, amount }); //~ area payments:critical
  return intent.id;
}

export function calculateTax(order: Order) {
  const rate = order.region === "EU" ? order.taxRate : 0; //~ area payments
  return order.total * rate;
}

export async function issueRefund(order: Order) {
  await db.refunds.insert({ orderId: order.id }); //~ area payments
}

// Near misses: money is far away, or only told to people.
export function formatName(customer: Customer) {
  return `${customer.first} ${customer.last}`;
}

export function report(order: Order) {
  logger.info("refund issued", order.id, order.taxRate);
}
