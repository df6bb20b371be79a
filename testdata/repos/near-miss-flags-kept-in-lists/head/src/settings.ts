export const settings = {
  featureFlags: {
    darkMode: false,
    soapSaleEnabledShops: [],
    autumnSaleTowns: [],
  },
};
