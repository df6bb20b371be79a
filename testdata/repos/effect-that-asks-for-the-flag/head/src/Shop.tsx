import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const load = useCallback(() => {
    if (!on) return;
    fetch('/soaps/' + user.id);
  }, [on, user.id]);
  useEffect(() => {
    if (on) load();
  }, [on, load]);
  return <p>{user.name}</p>;
}
