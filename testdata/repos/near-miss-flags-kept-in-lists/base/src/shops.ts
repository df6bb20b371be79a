import { settings } from './settings';

export const shopName = (shop) => shop.name;
