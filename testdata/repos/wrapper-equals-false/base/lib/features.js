import posthog from 'posthog-js';

export function hasBonus() {
  return posthog.isFeatureEnabled('renewal-bonus') === true;
}
