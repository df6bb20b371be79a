import { useFlag } from '@unleash/proxy-client-react';

export const usePaid = () => true;

export function usePlanTab({ owner, reader }) {
  const on = useFlag('plan-tab');
  const isOwn = reader.name.toLowerCase() === owner.toLowerCase();
  return on && !isOwn;
}
