import { sendWeekly } from './payouts/send';
import { mailSeller } from './mail';

const handlers: Record<string, (seller: Seller) => Promise<void>> = {
  'payout.weekly': sendWeekly,
  'seller.mail': mailSeller,
};

export const handle = (message: Message) => handlers[message.type]?.(message.seller);
