import { ld } from '../ld';

export const expressRefundStopped = () => ld.variation('disable-express-refund', { kind: 'service', key: 'refunds' }, false);
