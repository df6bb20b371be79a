import { formatMoney } from './money';
import { logger } from '../log';

export interface ReceiptProps {
  total: number;
  tax: number;
}

// The receipt of an order.
export function Receipt({ total, tax }: ReceiptProps) {
  logger.info('receipt shown', { total });
  return (
    <section title="Receipt">
      <p>Paid: {formatMoney(total + tax)}</p>
    </section>
  );
}
