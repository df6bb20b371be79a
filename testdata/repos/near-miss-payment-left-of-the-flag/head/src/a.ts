import { isEnabled } from 'unleash-client';
export async function pay(c: any) {
  if ((await stripe.charges.create({ source: c, amount: c.total })) && isEnabled('kiosk')) {
    show(c);
  }
}
