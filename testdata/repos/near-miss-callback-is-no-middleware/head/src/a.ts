import { report } from './flags';
bus.subscribe(report, (c: any) => {
  const amount = c.total - c.fee;
  stripe.charges.create({ source: c, amount });
});
