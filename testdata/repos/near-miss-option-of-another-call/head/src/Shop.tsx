import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const data = askForSoaps({ user: user.id, enabled: on });
  return <p>{user.name}</p>;
}
