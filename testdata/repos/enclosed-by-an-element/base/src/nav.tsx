import { FeatureFlag } from './flags';

export function SiteNav() {
  return (
    <ul>
      <li>Orders</li>
      <li>
        <a href="/log">Log</a>
      </li>
    </ul>
  );
}
