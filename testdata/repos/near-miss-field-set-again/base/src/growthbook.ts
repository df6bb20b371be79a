import { GrowthBook } from '@growthbook/growthbook';

export const client = new GrowthBook();
