import { config } from './config';

export function cart(basket: Basket) {
  return basket;
}
