import { FeatureFlag } from './flags';

export function SiteNav() {
  return (
    <ul>
      <li>Orders</li>
      <FeatureFlag flag="log-v2">
        <li>
          <a href="/log">Log</a>
        </li>
      </FeatureFlag>
    </ul>
  );
}
