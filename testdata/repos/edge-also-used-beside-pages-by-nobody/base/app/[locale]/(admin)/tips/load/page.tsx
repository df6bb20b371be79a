import { TipClient } from '../lib/TipClient';

export default function Page({ order }) {
  const client = new TipClient(order);
  return <p>{client.order.id}</p>;
}
