import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const { data } = useQuery({ queryKey: ['soaps'], queryFn: () => fetch('/soaps'), enabled: on || user.isStaff });
  return <p>{user.name}</p>;
}
