import { useFlag } from '@unleash/proxy-client-react';
import { useVisits } from './visits';

export function Desk({ reader }) {
  const on = useFlag('night-desk');
  const { count, isLoaded, recordVisit } = useVisits();
  const isKnown = !isLoaded || recordVisit(reader.id);
  const rows = [count];
  if (on) {
    rows.push(<b>{isKnown ? reader.name : 'New'}</b>);
  }
  return <ul>{rows}</ul>;
}
