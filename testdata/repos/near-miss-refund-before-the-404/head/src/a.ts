import { isEnabled } from 'unleash-client';
export async function pay(c: any, res: any) {
  if (!isEnabled('kiosk')) {
    await stripe.refunds.create({ charge: c.charge, amount: c.total });
    return res.notFound();
  }
  show(c);
}
