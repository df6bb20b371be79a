import { OnlyWith } from '../flags/OnlyWith';
import { AdvanceBox } from './AdvanceBox';

export function RentPage({ rent }: { rent: Rent }) {
  return (
    <main>
      <h1>{rent.month}</h1>
      <OnlyWith flag="rent-in-advance">
        <AdvanceBox rent={rent} />
      </OnlyWith>
    </main>
  );
}
