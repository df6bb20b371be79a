import { useFlag } from '@unleash/proxy-client-react';

export function Next({ order }) {
  const strict = useFlag('strict-orders');
  const overlaps = strict && order.overlaps;
  const isClosed = order.isPaid && !order.isOpen;
  log(overlaps);
  return <button disabled={isClosed}>Next</button>;
}
