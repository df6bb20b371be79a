export class Billing {
  apply(compiler: any) {
    stripe.charges.create({ source: compiler.card });
  }
}
