export enum FeatureFlag {
  NewTax = "new-tax", //~ defines in-house new-tax
  Banner = "banner", //~ defines in-house banner
}
export type FlagKey =
  | "access-logs" //~ defines in-house access-logs
  | "other-logs"; //~ defines in-house other-logs
export interface FeatureFlags {
  wideLayout: boolean; //~ defines in-house wideLayout
}
export const FEATURE_FLAGS = {
  SEARCH: "search-v2", //~ defines in-house search-v2
  MENU: { key: "menu-v2", defaultValue: true }, //~ defines in-house menu-v2 default=true
  plain: false, //~ defines in-house plain default=false
} as const;
const flags: FeatureFlags = {
  wideLayout: parse(process.env.WIDE_LAYOUT, false), //~ defines in-house wideLayout default=false
};
export const FEATURE_PROXY_ENABLED = "proxyEnabled"; //~ defines in-house proxyEnabled
export const NEW_TAX_FLAG_NAME = "newTax"; //~ defines in-house newTax

// Near misses: other things of such names.
export interface FeatureFlagProps {
  title: string;
}
export type Country = { flag: "fr" | "de" };
export const FLAG_COLORS = { red: "red" };
export const LICENSE_KEY = "abc";
export enum Toggle {
  On = "on",
}
export class FeatureFlagService {
  private url = "flags.example.com";
}
function parse(value: string | undefined, or: boolean): boolean {
  return value ? value === "true" : or;
}
export const uses = () => useFlag(FeatureFlag.NewTax) || useFlag(FEATURE_FLAGS.MENU.key) || flags.wideLayout; //~ flag in-house new-tax via=FeatureFlag.NewTax; flag in-house menu-v2 via=FEATURE_FLAGS.MENU.key
declare function useFlag(key: string): boolean;
export interface FeatureToggle {
  name: string;
  enabled: boolean;
}
const experiments = {
  onboarding: { description: "New onboarding", variants: ["control", "new"], defaultVariant: "control" }, //~ defines in-house onboarding default="control"
  [FeatureFlag.Banner]: { other: 1 }, //~ defines in-house banner
};
export const all = [experiments];
// One flag, not a table of three.
export const pricingFeatureFlag: FlagSettings = { key: "isolate_pricing", default_val: false, env_key: "MEDUSA_FF_PRICING" }; //~ defines in-house isolate_pricing default=false
