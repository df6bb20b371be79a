import { FeatureFlag, useBooleanFlagValue, useFlag } from "@openfeature/react-sdk";

export function Page() {
  const { value: showNew } = useFlag("new-page", false); //~ flag openfeature new-page name
  const dark = useBooleanFlagValue("dark-mode", true); //~ flag openfeature dark-mode default=true
  return (
    <FeatureFlag flagKey="widget" defaultValue={false}> {/*~ flag openfeature widget component default=false */}
      {showNew && dark ? <New /> : <Country flag="fr" />}
    </FeatureFlag>
  );
}
