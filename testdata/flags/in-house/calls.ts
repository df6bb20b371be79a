import { isFeatureEnabled } from "./features";
import { isEnabled } from "../lib/featureFlags";
import { FEATURE_SECURE_COOKIE, flagNames } from "./references";
import { showFeature } from "./configuration";

const BETA = "beta-search";

export function search(config: Config, flagResolver: Resolver, menu: Menu, key: string, button: Button) {
  if (isFeatureEnabled("new-search")) { //~ flag in-house new-search
    return 1;
  }
  if (isFeatureEnabled(key) || isFeatureEnabled(BETA)) { //~ flag in-house beta-search via=BETA; flag in-house ?key
    return 2;
  }
  if (isEnabled("imported-wrapper")) { //~ flag in-house imported-wrapper
    return 3;
  }
  const secure = showFeature(FEATURE_SECURE_COOKIE); //~ flag in-house FEATURE_SECURE_COOKIE unresolved
  const off = flagResolver.isEnabled("maintenanceMode"); //~ flag in-house maintenanceMode
  const deep = config.featureToggles.isActive(flagNames.deepSearch); //~ flag in-house flagNames.deepSearch unresolved
  if (menu.isEnabled("file") || button.isActive("x") || config.isEnabled("debug")) {
    return 4;
  }
  const hidden = isFeatureDisabled("old-search"); //~ flag in-house old-search off
  const listed = config.organization.features.includes("wide"); //~ flag in-house wide
  return [secure, off, deep, hidden, listed, hasFeature("sso"), /x/g.flags.includes("g")];
}
declare function isFeatureDisabled(name: string): boolean;
declare function hasFeature(name: string): boolean;
