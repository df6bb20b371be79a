import { useFlag } from '@unleash/proxy-client-react';
import { Towels } from './Towels';

export function Shop({ user }) {
  const on = useFlag('soap');
  if (!on) {
    return <Towels to="/" />;
  }
  loadSoaps(user);
  return <p>{user.name}</p>;
}
