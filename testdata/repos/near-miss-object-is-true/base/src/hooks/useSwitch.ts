import { useFlag } from '@unleash/proxy-client-react';

export function useSwitch(name: string) {
  const on = useFlag(name);
  return { on, name };
}
