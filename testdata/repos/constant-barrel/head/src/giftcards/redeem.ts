import { unleash } from '../unleash';
import { wallet } from '../wallet';
import { GIFT_CARD_PARTS } from '../toggles';

export function redeem(card: GiftCard, owner: Customer, amount?: number) {
  if (amount && unleash.isEnabled(GIFT_CARD_PARTS, { userId: owner.id })) {
    const part = Math.min(amount, card.balance);
    card.balance -= part;
    return wallet.payout(owner.id, part);
  }
  return wallet.payout(owner.id, card.balance);
}
