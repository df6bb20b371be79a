import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  sellToAll(() => {
    if (!on) return;
    fetch('/soaps/' + user.id);
  }, user);
  return <p>{user.name}</p>;
}
