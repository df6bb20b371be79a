import { createContext, useMemo } from 'react';
import { useBooleanFlagValue } from '@openfeature/react-sdk';

export const Features = createContext({ canTip: false });

export function FeaturesProvider({ children }) {
  const canTip = useBooleanFlagValue('table-tips', false);
  const value = useMemo(() => ({ canTip }), [canTip]);
  return <Features.Provider value={value}>{children}</Features.Provider>;
}

