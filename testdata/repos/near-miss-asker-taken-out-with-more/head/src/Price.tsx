import { usePostHog } from 'posthog-js/react';

export function Price({ price }) {
  const { isFeatureEnabled, capture } = usePostHog();
  return (
    <ul onClick={capture}>
      <li>{price.fixed}</li>
      {isFeatureEnabled('metered') && <li>{price.metered}</li>}
    </ul>
  );
}
