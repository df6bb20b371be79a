import { isEnabled } from 'unleash-client';
import { account } from './account';

export function open() {
  return isEnabled('accounts') ? account : null;
}
