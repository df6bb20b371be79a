import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const { data } = useGetSoapsQuery({ user: user.id }, { skip: on });
  return <p>{user.name}</p>;
}
