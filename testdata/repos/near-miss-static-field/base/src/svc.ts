export function open(c: any) {
  return stripe.accounts.retrieve(c);
}
