export const settings = {
  featureFlags: {
    darkMode: false,
    soapSaleEnabledShops: [],
    soapSaleEnabledTowns: [],
  },
};
