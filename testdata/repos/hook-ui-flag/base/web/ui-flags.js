import { useContext } from 'react';
import { BootContext } from './boot';

export function useUiFlag(name) {
  const boot = useContext(BootContext);
  return boot.uiFlags.includes(name);
}
