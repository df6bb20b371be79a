import { FeatureFlags } from './keys';

export const prices = (shop) => {
  return shop.prices;
};
