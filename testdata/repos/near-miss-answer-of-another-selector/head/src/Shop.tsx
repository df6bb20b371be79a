import { useFlag } from '@unleash/proxy-client-react';
import { useSelector } from 'react-redux';
import { Soap } from './Soap';
import { selectTowel } from './selectors';

export function Shop({ user }) {
  const on = useSelector(selectTowel);
  return (
    <p>
      {user.name}
      {on && <Soap />}
    </p>
  );
}
