export const config = {
  url: get('SHOP_URL'),
  featureToggles: {
    savedCards: toBoolean(get('SAVED_CARDS', 'false')),
    tips: toBoolean(get('TIPS', 'false')),
  },
};
