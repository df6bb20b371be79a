import { useEffect, useState } from 'react';
import { isLateBusOn } from './flags';
import { Map } from './Map';

export function Stops({ rider }) {
  const [isLate, setIsLate] = useState(false);

  useEffect(() => {
    if (!rider) {
      return;
    }
    (async () => {
      const isOn = await isLateBusOn(rider);
      setIsLate(isOn);
    })();
  }, [rider, setIsLate]);

  return (
    <main>
      <Map rider={rider} />
      <button onClick={() => setIsLate(true)}>Late</button>
      {isLate && <a href="/late">Late buses</a>}
    </main>
  );
}
