import { OptimizelyFeature, useDecision } from "@optimizely/react-sdk";

export function Page({ judge }: Props) {
  const [decision] = useDecision("new_page"); //~ flag optimizely new_page name
  return decision.enabled && judge.decide("case") ? (
    <OptimizelyFeature feature="nav">{(on) => on}</OptimizelyFeature> /*~ flag optimizely nav component */
  ) : null;
}
