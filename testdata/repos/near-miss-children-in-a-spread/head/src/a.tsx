import { KioskGate } from './Gate';
export function Pay({ card }) {
  return <KioskGate><button onClick={() => stripe.charges.create({ source: card, amount: card.total })}>pay</button></KioskGate>;
}
