import { useFlag } from '@unleash/proxy-client-react';
import { Soap } from './Soap';

export function Shop({ user }) {
  const on = useFlag('soap');
  let extra = null;
  if (on) {
    extra = <Soap user={user} />;
  }
  if (user.isStaff) {
    extra = <Soap user={user} isFree />;
  }
  return (
    <p>
      {user.name}
      {extra}
    </p>
  );
}
