import { useContext } from 'react';
import { Features } from './Features';

export function Bill({ bill }) {
  const { canTip } = useContext(Features);
  return <footer>{canTip && <b>{bill.tip}</b>}</footer>;
}
