import { useUiFlag } from "hooks/useUiFlag";
import { useFlags } from "shared/featureFlags";
import { useFeature } from "hooks/useFeature";

export function Page({ projectId, featureId, country }: Props) {
  const { newTab, oldTab: showOld } = useFlags({ //~ flag in-house newTab name default=false; flag in-house oldTab name default=true
    newTab: false,
    oldTab: true,
  });
  const flags = useFlags({ compact: false, unused: true }); //~ flag in-house unused default=true
  const docs = useUiFlag("hideDocs"); //~ flag in-house hideDocs
  const { feature } = useFeature(projectId, featureId);
  const [flag, setFlag] = useState("fr");
  const key = useTranslation("new-page");
  return (
    <div>
      {newTab && showOld && !docs && <Tab feature={feature} />}
      {flags.compact && <Compact />} {/*~ flag in-house compact value default=false */}
      <FeatureFlag name="side-bar"> {/*~ flag in-house side-bar component */}
        <SideBar />
      </FeatureFlag>
      <Feature features="organizations:wide"> {/*~ flag in-house organizations:wide component */}
        <Wide />
      </Feature>
      <Feature name="Feature card" />
      <Flag name="fr" onClick={() => setFlag(country.flag)} title={key} code={flag} />
    </div>
  );
}
