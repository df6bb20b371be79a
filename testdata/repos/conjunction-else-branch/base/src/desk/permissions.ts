import { ld } from '../ld';

export async function mayRefund(user: User): Promise<boolean> {
  return (await ld.variation('desk-refunds', { kind: 'user', key: user.id }, false)) && user.isStaff;
}
