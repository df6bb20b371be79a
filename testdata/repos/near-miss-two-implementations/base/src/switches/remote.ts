import { Unleash } from 'unleash-client';
import type { Switches } from './switches';

export class RemoteSwitches implements Switches {
  constructor(private readonly unleash: Unleash) {}

  allows(name: string) {
    return this.unleash.isEnabled(name);
  }
}
