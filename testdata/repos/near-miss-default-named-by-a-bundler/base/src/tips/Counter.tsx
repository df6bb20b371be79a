import { useFlag } from '@unleash/proxy-client-react';
import { TipForm } from './TipForm';

export function Counter({ secret }: { secret: string }) {
  const canTip = useFlag('tips');
  return <main>{canTip ? <TipForm secret={secret} /> : null}</main>;
}
