import { requireKiosk } from './flags';
export async function pay(c) {
  requireKiosk();
  stripe.charges.create({ source: c });
}
