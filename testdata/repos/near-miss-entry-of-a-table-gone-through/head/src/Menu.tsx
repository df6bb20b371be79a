import { useFlag } from '@unleash/proxy-client-react';
import { PATHS } from './paths';
import { Views } from './views';

export function Menu() {
  const on = useFlag('repairs');
  return (
    <nav>
      <a href={PATHS.HOME}>Home</a>
      {on && <a href={PATHS.REPAIRS} data-view={Views.Repairs}>Repairs</a>}
    </nav>
  );
}
