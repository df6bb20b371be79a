import { isFeatureEnabled } from './client';
import { FeatureFlags } from './keys';

export const prices = (shop) => {
  if (isFeatureEnabled(FeatureFlags.SOAP)) {
    shop.halvePrices();
  }
  return shop.prices;
};
