import { useKioskFlags } from './flags';
export function pay(c: any) {
  const { kioskOn } = useKioskFlags(c.overrides);
  if (kioskOn) {
    stripe.charges.create({ source: c });
  }
}
