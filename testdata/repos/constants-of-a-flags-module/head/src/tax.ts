import { ENABLE_NEW_TAX, newCart } from './featureFlags';
export function tax(order) {
  if (ENABLE_NEW_TAX) {
    return fresh(order);
  }
  if (newCart) {
    show(order);
  }
  return old(order);
}
