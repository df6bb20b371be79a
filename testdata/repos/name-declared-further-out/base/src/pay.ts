import { client } from './flags';
import { bank } from './bank';

export async function pay(bill) {
  if (bill.isOfTeam) {
    const team = await bank.team(bill.owner);
    await bank.check(team);
  }
  await bank.take(bill.sum);
}
