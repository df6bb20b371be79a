export function Invoices({ account }: { account: Account }) {
  return <ul>{account.invoices.map((invoice) => <li key={invoice.id}>{invoice.number}</li>)}</ul>;
}
