import { useFlag } from '@unleash/proxy-client-react';

export const useNewCheckout = (): boolean => useFlag('new-checkout');
