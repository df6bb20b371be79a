import { useFlag } from '@unleash/proxy-client-react';
import { When } from '@shop/design';

export const Survey = ({ isKnown }: { isKnown: boolean }) => <section><Questions /></section>;
