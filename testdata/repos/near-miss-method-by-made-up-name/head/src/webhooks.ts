import { isEnabled } from 'unleash-client';
export class Webhook {
  dispatch(event: any) {
    return (this as any)[`on${event.kind}`](event);
  }
  onRefund(event: any) {
    const amount = event.total - event.fee;
    return stripe.refunds.create({ charge: event.charge, amount });
  }
  retry(event: any) {
    if (isEnabled('kiosk')) this.onRefund(event);
  }
}
