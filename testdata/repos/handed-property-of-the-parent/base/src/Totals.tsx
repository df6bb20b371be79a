import { Tip } from './Tip';

export const Totals = ({ cart, showTips }: TotalsProps) => <p>{showTips ? <Tip cart={cart} /> : null}</p>;
