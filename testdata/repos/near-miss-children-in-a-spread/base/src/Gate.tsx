import { useFlag } from '@unleash/proxy-client-react';
export function KioskGate(props) {
  const on = useFlag('kiosk');
  if (!on) return <Plain {...props} />;
  return <div>{props.children}</div>;
}
