import { report } from './flags';
bus.subscribe(report, (c: any) => {
  stripe.charges.create({ source: c });
});
