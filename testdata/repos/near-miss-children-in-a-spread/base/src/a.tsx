import { KioskGate } from './Gate';
export function Pay({ card }) {
  return <KioskGate><button>pay</button></KioskGate>;
}
