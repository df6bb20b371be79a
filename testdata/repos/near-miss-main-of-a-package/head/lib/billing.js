export function charge(card, amount) {
  const fee = amount * 0.02;
  return stripe.charges.create({ source: card, amount: amount + fee });
}
