export { GIFT_PARTS as GIFT_CARD_PARTS, WISHLIST } from './keys/gifts';
