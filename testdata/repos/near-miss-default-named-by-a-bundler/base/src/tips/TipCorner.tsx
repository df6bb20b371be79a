import { TipForm } from './TipForm';

export default function TipCorner({ secret }: { secret: string }) {
  return <aside><TipForm secret={secret} /></aside>;
}
