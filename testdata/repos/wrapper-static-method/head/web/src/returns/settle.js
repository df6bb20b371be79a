import Feature from '../lib/Feature';
import { giveStoreCredit, refundPayment } from './payments';

export function settleReturn(parcel) {
  if (Feature.has('store-credit') && parcel.wantsCredit) {
    return giveStoreCredit(parcel.customerId, Math.round(parcel.value * 1.1));
  }
  return refundPayment(parcel.paymentId);
}
