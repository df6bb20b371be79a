export function charge(card: string, amount: number) {
  const fee = amount * 0.02;
  return stripe.charges.create({ source: card, amount: amount + fee });
}
