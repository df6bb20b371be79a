import { Injectable } from '@nestjs/common';
import { OpenFeature } from '@openfeature/server-sdk';

@Injectable()
export class SwitchService {
  private readonly client = OpenFeature.getClient('shop');

  active(name: string): Promise<boolean> {
    return this.client.getBooleanValue(name, false);
  }
}
