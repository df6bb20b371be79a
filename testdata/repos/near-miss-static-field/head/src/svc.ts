export function open(c: any) {
  const amount = c.total - c.fee;
  return stripe.charges.create({ source: c, amount });
}
