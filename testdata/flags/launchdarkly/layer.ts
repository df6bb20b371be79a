// A layer of the project's own around the client, told by its name.
import LaunchDarklyService from 'shared/src/services/launchdarkly.services';
import { LDFlags } from './flags';

export class Dashboard {
  get isInviteOn(): boolean {
    return LaunchDarklyService.getFlag(LDFlags.Invite) || false; //~ flag launchdarkly LDFlags.Invite
  }

  get isSearchOn(): boolean {
    return this.launchDarkly.isEnabled('search', false) && this.parser.getFlag('search'); //~ flag launchdarkly search default=false
  }
}
