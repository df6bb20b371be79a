import { FeatureString, IfFeatureEnabled, useFeatureIsOn, useFeatureValue, useGrowthBook } from "@growthbook/growthbook-react";
import { lamp } from "./lamp";

export function Page() {
  const dark = useFeatureIsOn("dark-mode"); //~ flag growthbook dark-mode
  const size = useFeatureValue("size", 10); //~ flag growthbook size default=10
  const gb = useGrowthBook();
  if (gb?.isOff("old-page")) { //~ flag growthbook old-page off
    return null;
  }
  return (
    <div>
      {dark && lamp.isOn("kitchen") && size}
      {gb?.getFeatureValue("copy", "hi")} {/*~ flag growthbook copy default="hi" */}
      <IfFeatureEnabled feature="new-nav"> {/*~ flag growthbook new-nav component */}
        <Nav />
      </IfFeatureEnabled>
      <FeatureString feature="cta" default="Buy" /> {/*~ flag growthbook cta */}
    </div>
  );
}
