import { useFlag } from '@unleash/proxy-client-react';
import { LazyTips } from './LazyTips';

export function Counter({ secret }: { secret: string }) {
  const canTip = useFlag('tips');
  return <main>{canTip ? <LazyTips secret={secret} /> : null}</main>;
}
