export const config = {
  url: get('SHOP_URL'),
  featureToggles: {
    savedCards: toBoolean(get('SAVED_CARDS', 'false')),
    tips: registerTips(get('TIPS', 'false')),
  },
};
