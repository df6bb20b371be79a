// Calls to other services.
import axios from "axios";
import nodemailer from "nodemailer";
import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { store } from "./store";

const sqs = new SQSClient({}); //~ area integration:high

export async function rates() {
  const answer = await axios.get("https://rates.test/today"); //~ area integration:high
  return answer.data;
}

export async function weather(city: string) {
  return fetch(`${base}/weather/${city}`); //~ area integration
}

export async function tell(order: Order) {
  await mailer.sendMail({ to: order.email }); //~ area integration
}

export async function queue(order: Order) {
  await emailQueue.add("order", order); //~ area integration
}

export function seen(order: Order) {
  analytics.track("Order Seen", { id: order.id }); //~ area integration
}

export async function fetchedOrders() {
  return store.orders();
}

export function shorten(url: string) {
  return url.slice(0, 20);
}
