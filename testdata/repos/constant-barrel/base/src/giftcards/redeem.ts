import { unleash } from '../unleash';
import { wallet } from '../wallet';
import { GIFT_CARD_PARTS } from '../toggles';

export function redeem(card: GiftCard, owner: Customer) {
  return wallet.payout(owner.id, card.balance);
}
