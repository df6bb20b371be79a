import { useFlag } from '@unleash/proxy-client-react';
import { Soap } from './Soap';

export function Shop({ user }) {
  const isOn = useFlag('soap');
  const on = useCallback(() => isOn, [isOn]);
  return (
    <p>
      {user.name}
      {on && <Soap />}
    </p>
  );
}
