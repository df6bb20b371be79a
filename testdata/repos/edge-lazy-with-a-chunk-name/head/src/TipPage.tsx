import { total } from './total';

export default function TipPage() {
  return <p>{total(2)}</p>;
}
