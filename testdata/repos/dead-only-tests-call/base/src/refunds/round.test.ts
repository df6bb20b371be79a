import { ld } from '../ld';
import { refundRounded } from './round';

test('refunds whole units', async () => {
  if (await ld.variation('rounded-refunds', { kind: 'user', key: 'test' }, false)) {
    await refundRounded('ch_1', 10.4);
  }
});
