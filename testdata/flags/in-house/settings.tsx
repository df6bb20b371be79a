export function Settings({ organization, uiConfig, compiler, argv }: Props) {
  const on = organization.feature_settings?.disputes_enabled && //~ flag in-house disputes_enabled value
    organization.feature_settings?.auto_accept; //~ flag in-house auto_accept value
  const { sso_enabled } = organization.featureSettings ?? {}; //~ flag in-house sso_enabled name
  if (uiConfig.flags.newLayout) { //~ flag in-house newLayout value
    return null;
  }
  const beta = process.env.FEATURE_BETA === "true"; //~ flag in-house FEATURE_BETA
  const port = process.env.PORT;
  const strict = compiler.flags.strict || argv.flags.verbose || /a/.flags === "g";
  organization.feature_settings.compass = true;
  const all = Object.keys(organization.feature_settings).concat(featureFlags.map(String));
  return <Page on={on} sso={sso_enabled} beta={beta} port={port} strict={strict} all={all} />;
}
declare const featureFlags: string[];
