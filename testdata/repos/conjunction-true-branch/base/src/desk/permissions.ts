import { ld } from '../ld';

export async function mayRefund(user: User): Promise<boolean> {
  const isOn = await ld.variation('desk-refunds', { kind: 'user', key: user.id }, false);
  return isOn && user.isStaff;
}
