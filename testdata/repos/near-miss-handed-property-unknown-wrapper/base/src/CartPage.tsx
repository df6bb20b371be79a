import { useFlag } from '@unleash/proxy-client-react';
import { Totals } from './Totals';

export function CartPage({ cart }: { cart: Cart }) {
  const tips = useFlag('tips');
  return <main><Shown cart={cart} showTips={tips} /></main>;
}

import { withDefaults } from './defaults';
const Shown = withDefaults(Totals);
