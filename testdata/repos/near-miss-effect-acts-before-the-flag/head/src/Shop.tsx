import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  useEffect(() => {
    countVisit(user);
    if (!on) return;
    fetch('/soaps/' + user.id);
  }, [on, user]);
  return <p>{user.name}</p>;
}
