import { useFlag } from '@unleash/proxy-client-react';
import { Soap } from './Soap';

export function Shop({ user }) {
  const isOn = useFlag('soap');
  const on = useMemo(() => user.isStaff && isOn, [user, isOn]);
  return (
    <p>
      {user.name}
      {on && <Soap />}
    </p>
  );
}
