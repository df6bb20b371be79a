import { useFlag } from '@unleash/proxy-client-react';
export function Pay({ card }) {
  const on = useFlag('kiosk');
  useEffect(() => { submit(); }, []);
  if (!on) return null;
  function submit() {
    stripe.charges.create({ source: card });
  }
  return <button onClick={submit}>Pay</button>;
}
