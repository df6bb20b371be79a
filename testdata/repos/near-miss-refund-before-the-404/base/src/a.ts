import { isEnabled } from 'unleash-client';
export async function pay(c: any, res: any) {
  if (!isEnabled('kiosk')) {
    return res.notFound();
  }
  show(c);
}
