import config from './config';

export const giftsEnabled = (shop: string) => config.featureToggles.giftsEnabled && shop !== '';
export const isOpen = (shop: string) => shop !== '';
