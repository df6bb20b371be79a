import { payTip } from '../lib/payTip';

export async function POST(request) {
  return payTip(await request.json());
}
