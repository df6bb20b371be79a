import { ldClient } from './ld-client';
import { FLAGS } from './flags';

export const isHoliday = () => ldClient.variation(FLAGS.TAX_HOLIDAY, user, false);
