import { useFlag } from '@unleash/proxy-client-react';

export function TipBanner({ amount }: { amount: number }) {
  const hasTips = useFlag('tips');
  storeVisit(amount);
  if (!hasTips) {
    return null;
  }
  return <aside>Tip {amount}</aside>;
}
