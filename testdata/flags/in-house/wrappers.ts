// A layer of the project's own around an SDK: the user comes first, then the key.
import { getPostHogFeatureFlag } from "@/lib/posthog/get-feature-flag";
import { createFeatureFlag } from "./admin";

export async function screen(userId: string) {
  const variant = await getPostHogFeatureFlag(userId, "onboarding-screen"); //~ flag in-house onboarding-screen
  await createFeatureFlag("made-by-hand");
  return variant;
}
