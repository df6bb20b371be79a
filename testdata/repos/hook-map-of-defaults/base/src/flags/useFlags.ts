import { useContext } from 'react';
import { FlagContext } from './FlagContext';

export function useFlags<T extends Record<string, boolean>>(defaults: T): T {
  const known = useContext(FlagContext);
  return { ...defaults, ...known } as T;
}
