import { isSoapSaleEnabled } from './shops';

export function prices(shop, soaps) {
  if (isSoapSaleEnabled(shop)) {
    return soaps.map((soap) => soap.price / 2);
  }
  return soaps.map((soap) => soap.price);
}
