import { createContext, useContext } from 'react';
import { useBooleanFlagValue } from '@openfeature/react-sdk';

const Features = createContext({ canTip: false });

export function FeaturesProvider({ children }) {
  const canTip = useBooleanFlagValue('table-tips', false);
  return <Features.Provider value={{ canTip }}>{children}</Features.Provider>;
}

export const useFeatures = () => useContext(Features);
