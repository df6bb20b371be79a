export function charge(card: string, amount: number) {
  return stripe.charges.create({ source: card, amount });
}
