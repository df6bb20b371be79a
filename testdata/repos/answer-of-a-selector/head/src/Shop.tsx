import { useFlag } from '@unleash/proxy-client-react';
import { useSelector } from 'react-redux';
import { Soap } from './Soap';
import { selectSoap } from './selectors';

export function Shop({ user }) {
  const on = useSelector(selectSoap);
  return (
    <p>
      {user.name}
      {on && <Soap />}
    </p>
  );
}
