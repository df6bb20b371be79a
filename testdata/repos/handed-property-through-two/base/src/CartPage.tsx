import { useFlag } from '@unleash/proxy-client-react';
import { Totals } from './Totals';

export function CartPage({ cart }: { cart: Cart }) {
  const tips = useFlag('tips');
  return <main><Lines cart={cart} withTips={tips} /></main>;
}

function Lines({ cart, withTips }: { cart: Cart; withTips: boolean }) {
  return <Totals cart={cart} showTips={withTips} />;
}
