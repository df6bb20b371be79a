import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

export class Flags {
  async tipsOn() {
    return client.getBooleanValue('tips', false);
  }
}

export class AllOn extends Flags {
  async tipsOn() {
    return true;
  }
}
