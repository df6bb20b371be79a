import { useFlag } from '@unleash/proxy-client-react';
import { isDev } from './networks';
import { useMe } from './me';

export const Panel = () => {
  const { isStaff } = useMe();
  const canSwap = isStaff || useFlag('swap');
  return <section>{canSwap && <Swap />}<Stake /></section>;
};
