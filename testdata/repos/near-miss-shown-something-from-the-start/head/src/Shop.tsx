import { useFlag } from '@unleash/proxy-client-react';
import { Soap } from './Soap';

export function Shop({ user }) {
  const on = useFlag('soap');
  let extra = <Soap user={user} isFree />;
  if (on) {
    extra = <Soap user={user} />;
  }
  return (
    <p>
      {user.name}
      {extra}
    </p>
  );
}
