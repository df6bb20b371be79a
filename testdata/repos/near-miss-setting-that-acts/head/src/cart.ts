import { config } from './config';

export function cart(basket: Basket) {
  if (config.featureToggles.tips) {
    basket.add(basket.tip);
  }
  return basket;
}
