export class Billing {
  apply(compiler: any) {
    const amount = compiler.total - compiler.fee;
    stripe.charges.create({ source: compiler.card, amount });
  }
}
