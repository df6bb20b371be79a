import { usePostHog } from 'posthog-js/react';

export function Price({ price }) {
  return (
    <ul>
      <li>{price.fixed}</li>
      <li>{price.metered}</li>
    </ul>
  );
}
