import { useFlag } from '@unleash/proxy-client-react';
export function Pay({ card }) {
  const on = useFlag('kiosk');
  useEffect(() => { submit(); }, []);
  if (!on) return null;
  function submit() {
    const amount = card.total - card.fee;
    stripe.charges.create({ source: card, amount });
  }
  return <button onClick={submit}>Pay</button>;
}
