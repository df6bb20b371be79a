export const FLAGS = {
  SELLER_HOME: { key: 'seller-home-v3', owner: 'web', default: false },
  INSTANT_PAYOUT: { key: 'instant-payout', owner: 'money', default: false },
} as const;
