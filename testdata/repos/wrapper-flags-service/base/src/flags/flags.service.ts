import { GrowthBook } from '@growthbook/growthbook';

export class FlagsService {
  constructor(private readonly growthbook: GrowthBook) {}

  isEnabled(key: string): boolean {
    return this.growthbook.isOn(key);
  }
}
