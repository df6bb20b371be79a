import { Reported } from '../flags/Reported';
import { AdvanceBox } from './AdvanceBox';

export function RentPage({ rent }: { rent: Rent }) {
  return (
    <Reported flag="rent-in-advance">
      <AdvanceBox rent={rent} />
    </Reported>
  );
}
