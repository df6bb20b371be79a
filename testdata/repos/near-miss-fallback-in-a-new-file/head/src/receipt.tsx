import { useFlag } from '@unleash/proxy-client-react';
import { Lines } from './lines';

export function Receipt({ bill }) {
  const withTips = useFlag('table-tips');
  return (
    <section>
      <Lines of={bill} />
      {!withTips && <Lines of={bill.service} />}
    </section>
  );
}
