import { useFlag } from '@unleash/proxy-client-react';

export function TipBanner({ amount }: { amount: number }) {
  const hasTips = useFlag('tips');
  return <>{hasTips && <aside>Tip {amount}</aside>}</>;
}
