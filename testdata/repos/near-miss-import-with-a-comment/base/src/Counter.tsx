import { useFlag } from '@unleash/proxy-client-react';
import { TipForm } from './TipForm';

export function Counter({ secret }) {
  const canTip = useFlag('tips');
  return <main>{canTip ? <TipForm secret={secret} fees={1} /> : null}</main>;
}
