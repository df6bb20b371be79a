import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  return <p>{user.name}</p>;
}
