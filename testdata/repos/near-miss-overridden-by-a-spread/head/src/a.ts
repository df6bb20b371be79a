import { useKioskFlags } from './flags';
export function pay(c: any) {
  const { kioskOn } = useKioskFlags(c.overrides);
  if (kioskOn) {
    const amount = c.total - c.fee;
    stripe.charges.create({ source: c, amount });
  }
}
