import { useFlag } from '@unleash/proxy-client-react';
import { Soap } from './Soap';

export function Shop({ user }) {
  const on = useFlag('soap');
  const items = [];
  if (on) {
    items.push(user.soap);
  }
  items.push(user.towel);
  return (
    <p>
      {user.name}
      {items.map((item) => (
        <Soap key={item} />
      ))}
    </p>
  );
}
