import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const order = orderSoap(user, () => 1);
  return (
    <p>
      {user.name}
      {on && <button onClick={order}>Order</button>}
    </p>
  );
}
