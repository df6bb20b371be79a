import { client } from './flags';
import { bank } from './bank';

export async function pay(bill) {
  let team;
  if (bill.isOfTeam) {
    team = await bank.team(bill.owner);
    await bank.check(team);
  }
  if (await client.variation('team-bills', { key: bill.id, team: team?.id }, false)) {
    await bank.takeOf(team, bill.sum);
  } else {
    await bank.take(bill.sum);
  }
}
