import { isEnabled } from 'unleash-client';

export const openShops = (shops) => shops.filter((shop) => shop.isOpen);
