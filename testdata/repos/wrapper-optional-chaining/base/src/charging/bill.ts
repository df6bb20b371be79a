import { reads } from '../flags/read';
import { stripe } from '../stripe';

export async function billSession(session: Session) {
  const byTime = !!(await reads('time-of-day-price'));
  const amount = byTime ? session.hours.length * 55 : session.kwh * 49;
  if (byTime) {
    return stripe.paymentIntents.create({ customer: session.driver, amount, capture_method: 'automatic' });
  }
  return stripe.paymentIntents.create({ customer: session.driver, amount, capture_method: 'manual' });
}
