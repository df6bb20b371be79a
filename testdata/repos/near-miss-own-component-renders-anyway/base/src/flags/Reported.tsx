import { useEffect } from 'react';
import { useBooleanFlagValue } from '@openfeature/react-sdk';
import { report } from '../report';

export function Reported({ flag, children }: { flag: string; children: React.ReactNode }) {
  const isOn = useBooleanFlagValue(flag, false);
  useEffect(() => report(flag, isOn), [flag, isOn]);
  return <>{children}</>;
}
