// Objects that say too little by their name alone, and what their keys must look like.
import { Feature, FeatureName, ToggleName } from './keys';

export class Builder {
  run(project: Project, toggles: Toggles, features: Features, index: number) {
    if (toggles[ToggleName.visOpphør]) { //~ flag in-house ToggleName.visOpphør
      return features[FeatureName.Tax] || toggles[FeatureName.Tax]; //~ flag in-house FeatureName.Tax
    }
    if (project.hasFeature(Feature.NewTax)) { //~ flag in-house Feature.NewTax
      return toggles[index] || toggles.sidebar || toggles['menu'] || features[Area.north];
    }
    return project.hasFeature(order.kind) || project.hasFeature('sso');
  }
}

export function environment() {
  const passkeys = process.env.SUPPORT_PASSKEYS === '1'; //~ flag in-house SUPPORT_PASSKEYS
  const mail = process.env.SUPPORT_EMAIL === '1';
  const team = process.env.SUPPORT_TEAM;
  return [passkeys, mail, team, process.env.SUPPORT_TIER === 'gold'];
}

export async function clients(user: User) {
  const moved = await getExperimentsClient().getValueAsync('moved', false, { user }); //~ flag in-house moved default=false
  const { value } = useConditionalFeature({ feature: FeatureName.Bar, shouldEvaluate: true }); //~ flag in-house FeatureName.Bar name
  const cached = await cacheClient.getValueAsync('moved', false);
  return [moved, value, cached];
}
