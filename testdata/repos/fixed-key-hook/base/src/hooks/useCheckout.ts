import { useNewCheckout } from './useNewCheckout';

export function useCheckout() {
  const isNew = useNewCheckout();
  return isNew;
}
