import { isSoapSaleEnabled } from './shops';

export function prices(shop, soaps) {
  return soaps.map((soap) => soap.price);
}
