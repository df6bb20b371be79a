import { useEffect, useState } from 'react';
import { isLateBusOn } from './flags';
import { Map } from './Map';

export function Stops({ rider }) {
  return (
    <main>
      <Map rider={rider} />
    </main>
  );
}
