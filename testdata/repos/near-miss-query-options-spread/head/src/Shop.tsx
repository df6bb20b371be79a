import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const { data } = useQuery({ enabled: on, ...user.options });
  return <p>{user.name}</p>;
}
