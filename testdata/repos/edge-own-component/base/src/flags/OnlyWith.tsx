import { useBooleanFlagValue } from '@openfeature/react-sdk';

export function OnlyWith({ flag, children }: { flag: string; children: React.ReactNode }) {
  const isOn = useBooleanFlagValue(flag, false);
  return isOn ? <>{children}</> : null;
}
