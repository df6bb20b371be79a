function charge(card, amount) {
  const fee = amount * 0.02;
  return stripe.charges.create({ source: card, amount: amount + fee });
}
function kiosk(card) {
  if (unleash.isEnabled('kiosk')) charge(card, 10);
}
