import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const { data } = useQuery({ queryKey: ['soaps', user.id], queryFn: () => fetch('/soaps'), enabled: on });
  return <p>{user.name}</p>;
}
