import { Features } from './Features';

export const Preview = ({ children }) => <Features.Provider value={{ canTip: true }}>{children}</Features.Provider>;
