import { useStore } from "./store";

function FeatureFlag({ name, children }: Props) {
  return <div title="flagged">{children}</div>;
}
const FeatureToggle = (props: Props) => (useStore().flags[props.name] ? props.children : null);

export const page = (
  <>
    <FeatureFlag name="a">one</FeatureFlag>
    <FeatureToggle name="b">two</FeatureToggle>{/*~ flag in-house b component */}
    <Flagged name="c">three</Flagged>{/*~ flag in-house c component */}
  </>
);
