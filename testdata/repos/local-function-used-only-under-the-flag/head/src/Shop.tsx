import { useFlag } from '@unleash/proxy-client-react';

export function Shop({ user }) {
  const on = useFlag('soap');
  const [count, setCount] = useState(0);
  const order = () => {
    setCount(count + 1);
    orderSoap(user, count);
  };
  return (
    <p>
      {user.name}
      {on && <button onClick={order}>{count}</button>}
    </p>
  );
}
