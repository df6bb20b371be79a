import { useFlag } from '@unleash/proxy-client-react';
import { useVisits } from './visits';

export function Desk({ reader }) {
  const on = useFlag('night-desk');
  const { count, isLoaded, checkHasVisited } = useVisits();
  const isKnown = !isLoaded || checkHasVisited(reader.id);
  const rows = [count];
  if (on) {
    rows.push(<b>{isKnown ? reader.name : 'New'}</b>);
  }
  return <ul hidden={!isLoaded}>{rows}</ul>;
}
