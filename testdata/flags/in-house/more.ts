import labs from "./labs";
import { FeatureFlagsKeysEnum } from "./keys";

export function more(this: Component, settingsStore: SettingsStore, cookie: Cookie, form: Form) {
  if (labs.isSet("members") && !cookie.isSet("session")) { //~ flag in-house members
    return settingsStore.getValue("feature_threads"); //~ flag in-house feature_threads
  }
  const theme = settingsStore.getValue("theme");
  if (this.glFeatures.newNav) { //~ flag in-house newNav
    return useFeatureFlag(FeatureFlagsKeysEnum.IS_NEW); //~ flag in-house FeatureFlagsKeysEnum.IS_NEW unresolved
  }
  const { teams } = useFlagMap(); //~ flag in-house teams name
  const drag = featureFlags[FeatureFlagsKeysEnum.DRAG]; //~ flag in-house FeatureFlagsKeysEnum.DRAG unresolved
  const later = (flag: string) => isFeatureEnabled(flag); //~ flag in-house ?flag
  return [theme, teams, drag, later, form.features, mlModel.features.has, feature.isEnabled, git.flags.get("x")];
}
export function called(id: string) {
  const { getFlag, refresh, beta } = useFeatureFlags(); //~ flag in-house beta name
  refresh();
  const isSwitch = isSwitchOn("checkout.enableTips"); //~ flag in-house checkout.enableTips
  return beta && isSwitch && getFlag(id);
}
export function remembered(id: string) {
  const { checkFeatureFlag } = useFeatureFlags();
  return useMemo(() => checkFeatureFlag("x") && id, [id, checkFeatureFlag]); //~ flag in-house x
}
declare const featureFlags: Record<string, boolean>;
