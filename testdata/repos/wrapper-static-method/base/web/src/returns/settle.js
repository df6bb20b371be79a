import Feature from '../lib/Feature';
import { refundPayment } from './payments';

export function settleReturn(parcel) {
  return refundPayment(parcel.paymentId);
}
