import { useEffect, useState } from 'react';
import { isLateBusOn } from './flags';
import { Map } from './Map';

export function Stops({ rider }) {
  const [isLate, setIsLate] = useState(false);

  useEffect(() => {
    if (!rider) {
      return;
    }
    isLateBusOn(rider).then(setIsLate);
  }, [rider, setIsLate]);

  return (
    <main>
      <Map rider={rider} />
      {isLate && <a href="/late">Late buses</a>}
    </main>
  );
}
