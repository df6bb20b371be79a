import { SplitFactory } from '@splitsoftware/splitio';

const client = SplitFactory({ core: { authorizationKey: window.SPLIT_KEY, key: window.USER_ID } }).client();

export default class Feature {
  static has(name) {
    return client.getTreatment(name) === 'on';
  }
}
