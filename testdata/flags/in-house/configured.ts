import * as featureflags from "./featureflags";
import { config } from "./config";

// Flags that a configuration holds, under names that say so.
export function configured(req: Request, res: Response, api: AbTests, feature: Feature) {
  const { FF_NEW_TAX } = getFeatureFlags(); //~ flag in-house FF_NEW_TAX name
  const { public: { FF_OFFERS, baseUrl } } = useRuntimeConfig(); //~ flag in-house FF_OFFERS name
  const { flags: { newCart } } = useFlags(); //~ flag in-house newCart name
  const { flags, plan } = useFeatures();
  const { flags: ours } = req.session.config;
  if (config.flags.newTotals || flags.newRefunds) { //~ flag in-house newTotals; flag in-house newRefunds
    return ours.newPayouts; //~ flag in-house newPayouts
  }
  if (config.features.newSearch && res.locals.flags.newHeader) { //~ flag in-house newSearch; flag in-house newHeader
    return window.app.config.switches.newFooter; //~ flag in-house newFooter
  }
  if (process.env.NEXT_PUBLIC_FEATURE_TIPS?.trim() === "true") { //~ flag in-house NEXT_PUBLIC_FEATURE_TIPS
    return import.meta.env.VITE_FF_TIPS; //~ flag in-house VITE_FF_TIPS
  }
  if (featureFlags.value.newTheme || featureflags.isEnabled("new-icons")) { //~ flag in-house newTheme; flag in-house new-icons
    return config.featureFlags;
  }
  if (api.isUserInVariant("checkout-order", "variant") || abTests.newFront === "variant") { //~ flag in-house checkout-order; flag in-house newFront
    return req.feature("new-profile"); //~ flag in-house new-profile
  }
  const allowed = featureFlagGuard("new-admin"); //~ flag in-house new-admin
  const simple = useCustomFlagValue("simple-ui"); //~ flag in-house simple-ui
  const judged = configService.getOrThrow<boolean>("featureToggles.judgments"); //~ flag in-house featureToggles.judgments
  const scanned = config.get("features.newScan") && GetFeatureFlag("new-chat"); //~ flag in-house features.newScan; flag in-house new-chat
  const off = flagDisabled("old-admin"); //~ flag in-house old-admin off
  // Settings, entitlements, and what only looks like it.
  const { flags: countries } = regions;
  const { public: shown } = config;
  const colour = config.features.colour;
  const video = ["-i", config.ffmpeg, config.offset, config.public.baseUrl];
  const port = [config.get("port"), configService.getOrThrow("offers.limit"), features.get("x"), useCustomValue("x")];
  return [port, simple, judged, scanned, allowed, off, countries.de, shown.baseUrl, colour, video, baseUrl, plan, feature.name, regexp.flags, network.switches.core];
}

export const settings = parse(process.env, {
  FF_NEW_TAX: { schema: z.boolean(), defaults: { production: false } }, //~ defines in-house FF_NEW_TAX
  FF_OFFERS: process.env.FF_OFFERS === "true", //~ defines in-house FF_OFFERS; flag in-house FF_OFFERS
  FFMPEG_PATH: z.string(),
  FF_NAME: "new-name",
  ffTips: true,
});
export const passed = { FF_NEW_TAX, FF_OFFERS: FF_OFFERS };
export const defaultFlagSet = {
  "new-chat": false, //~ defines in-house new-chat default=false
};
