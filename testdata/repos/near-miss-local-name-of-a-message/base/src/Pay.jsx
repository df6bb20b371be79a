import { isEnabled } from 'unleash-client';
import { useL10n } from './l10n';
import { stripe } from './stripe';

export function Pay({ order }) {
  const l10n = useL10n();
  const title = l10n.getString('tips-old');
  if (isEnabled('tips')) {
    return <TipForm title={title} onPay={() => stripe.charges.create({ amount: order.tip })} />;
  }
  return <button onClick={() => stripe.charges.create({ amount: order.total })}>{title}</button>;
}
