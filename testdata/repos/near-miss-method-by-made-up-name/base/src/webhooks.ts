import { isEnabled } from 'unleash-client';
export class Webhook {
  dispatch(event: any) {
    return (this as any)[`on${event.kind}`](event);
  }
  onRefund(event: any) {
    return stripe.refunds.create({ charge: event.charge });
  }
  retry(event: any) {
    if (isEnabled('kiosk')) this.onRefund(event);
  }
}
