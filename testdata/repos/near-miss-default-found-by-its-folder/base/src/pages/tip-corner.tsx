import { TipForm } from '../tips/TipForm';

export default function TipCorner({ secret }: { secret: string }) {
  return <aside><TipForm secret={secret} /></aside>;
}
