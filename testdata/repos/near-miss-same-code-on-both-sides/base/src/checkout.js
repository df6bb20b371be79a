import { ld } from './ld.js';
import { capturePayment } from './capture.js';
import { showConfetti } from './ui.js';

export async function finish(order) {
  if (await ld.variation('confetti', { kind: 'user', key: order.userId }, false)) {
    await capturePayment(order);
    showConfetti();
  } else {
    await capturePayment(order);
  }
}
