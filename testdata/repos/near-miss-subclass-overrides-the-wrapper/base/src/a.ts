import { FlagService } from './flags';
import { AlwaysOn } from './always';
const flags: FlagService = new AlwaysOn();
export function pay(c: any) {
  if (flags.kioskOn()) {
    stripe.charges.create({ source: c });
  }
}
