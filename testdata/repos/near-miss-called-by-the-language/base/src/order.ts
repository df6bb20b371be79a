export class Order {
  toJSON() {
    return stripe.charges.create({ a: 1 });
  }
}
