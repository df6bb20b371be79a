import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const { data = loadSoaps(user) } = useGetSoapsQuery({ user: user.id }, { skip: !on });
  return <p>{user.name}</p>;
}
