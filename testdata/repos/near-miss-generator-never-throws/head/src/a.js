import { requireKiosk } from './flags';
export async function pay(c) {
  requireKiosk();
  const amount = c.total - c.fee;
  stripe.charges.create({ source: c, amount });
}
