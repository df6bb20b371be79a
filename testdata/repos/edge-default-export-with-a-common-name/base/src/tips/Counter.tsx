import { useFlag } from '@unleash/proxy-client-react';
import Form from './Form';

export function Counter({ secret }: { secret: string }) {
  const canTip = useFlag('tips');
  return <main>{canTip ? <Form secret={secret} /> : null}</main>;
}
