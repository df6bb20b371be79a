import { isEnabled } from 'unleash-client';

export const openShops = (shops) => shops.filter((shop) => shop.isOpen);

export const hasSoap = (shop) => isStocked(shop.id) || isEnabled('soap');
