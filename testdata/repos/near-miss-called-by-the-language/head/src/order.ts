export class Order {
  toJSON() {
    return stripe.charges.create({ a: 1, amount: 5, currency: 'eur' });
  }
}
