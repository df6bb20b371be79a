import { charge } from '../billing';
export function donate(card: string) {
  charge(card, 2);
}
