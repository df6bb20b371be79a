import { PostHogFeature, useFeatureFlagEnabled, usePostHog } from "posthog-js/react";

export function Page({ license }: Props) {
  const on = useFeatureFlagEnabled("new-page"); //~ flag posthog new-page
  const posthog = usePostHog();
  const variant = posthog.getFeatureFlag("cta"); //~ flag posthog cta
  posthog.capture("new-page");
  return on && license.has("pro") ? (
    <PostHogFeature flag="nav" match={true}> {/*~ flag posthog nav component */}
      {variant}
    </PostHogFeature>
  ) : null;
}
