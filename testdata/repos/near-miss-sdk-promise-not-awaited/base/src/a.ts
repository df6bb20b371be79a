import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export async function pay(c: any) {
  if (client.getBooleanValue('kiosk', false)) {
    stripe.charges.create({ source: c });
  }
}
