import { settings } from './settings';

export const shopName = (shop) => shop.name;

export const isSoapSaleEnabled = (shop) =>
  settings.featureFlags.soapSaleEnabledShops.includes(shop.id) ||
  settings.featureFlags.autumnSaleTowns.includes(shop.town);
