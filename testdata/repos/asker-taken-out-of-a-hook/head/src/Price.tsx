import { usePostHog } from 'posthog-js/react';

export function Price({ price }) {
  const { isFeatureEnabled } = usePostHog();
  return (
    <ul>
      <li>{price.fixed}</li>
      {isFeatureEnabled('metered') && <li>{price.metered}</li>}
    </ul>
  );
}
