import { Billing } from './plugin';
framework.run({ plugins: [new Billing()] });
