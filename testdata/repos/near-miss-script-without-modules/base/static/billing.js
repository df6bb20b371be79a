function charge(card, amount) {
  return stripe.charges.create({ source: card, amount });
}
function kiosk(card) {
  if (unleash.isEnabled('kiosk')) charge(card, 10);
}
