import { FlagService } from './flags';
import { AlwaysOn } from './always';
const flags: FlagService = new AlwaysOn();
export function pay(c: any) {
  if (flags.kioskOn()) {
    const amount = c.total - c.fee;
    stripe.charges.create({ source: c, amount });
  }
}
