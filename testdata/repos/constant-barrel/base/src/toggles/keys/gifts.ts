export const GIFT_PARTS = 'gift-card-parts';
export const WISHLIST = 'wishlist';
