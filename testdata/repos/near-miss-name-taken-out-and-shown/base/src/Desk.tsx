import { useFlag } from '@unleash/proxy-client-react';
import { useVisits } from './visits';

export function Desk({ reader }) {
  const on = useFlag('night-desk');
  const { count } = useVisits();
  const rows = [count];
  if (on) {
    rows.push(<b>{reader.name}</b>);
  }
  return <ul>{rows}</ul>;
}
