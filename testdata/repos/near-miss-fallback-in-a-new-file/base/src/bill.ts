import { useFlag } from '@unleash/proxy-client-react';

export const useTips = () => useFlag('table-tips');
