import { createContext } from 'react';
import { payTip } from '../lib/payTip';

export const TipsContext = createContext(null);

export const TipsProvider = ({ children }) => {
  return <TipsContext.Provider value={{ payTip }}>{children}</TipsContext.Provider>;
};
