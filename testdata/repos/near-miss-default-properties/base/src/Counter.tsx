import { useFlag } from '@unleash/proxy-client-react';
import { TipForm } from './TipForm';

export function Counter({ secret }) {
  const canTip = useFlag('tips');
  return (
    <main>
      <TipForm secret={secret} fees={1} canTip={canTip} />
      <TipForm secret={secret} fees={2} />
    </main>
  );
}
