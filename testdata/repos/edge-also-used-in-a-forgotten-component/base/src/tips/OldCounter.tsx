import { TipForm } from './TipForm';

export const OldCounter = ({ secret }: { secret: string }) => <aside><TipForm secret={secret} /></aside>;
