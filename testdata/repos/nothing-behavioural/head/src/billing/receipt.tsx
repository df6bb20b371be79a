import { logger } from '../log';
import { formatMoney } from './money';

export interface ReceiptProps {
  readonly total: number;
  readonly tax: number;
}

/** What a customer sees once an order is paid. */
export function Receipt({ total, tax }: ReceiptProps) {
  logger.info('receipt of a paid order shown', { total });
  return (
    <section title="Your receipt">
      <p>
        You paid: {formatMoney(total + tax)}
      </p>
    </section>
  );
}
