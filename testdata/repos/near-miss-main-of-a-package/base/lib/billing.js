export function charge(card, amount) {
  return stripe.charges.create({ source: card, amount });
}
