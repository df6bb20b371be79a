import { isEnabled } from 'unleash-client';
export async function pay(c: any) {
  if ((await check(c)) && isEnabled('kiosk')) {
    show(c);
  }
}
