import { useFlag, useVariant } from '@unleash/proxy-client-react';
import { isEnabled } from 'unleash-client';

export function Panel({ user, admin, other }) {
  const on = useFlag('new-panel');
  const side = useFlag('side-panel');
  const variant = useVariant('panel-color');

  if (on) {
    if (!on) { //~ nested-flags: `new-panel` is always on here, so what stands behind this condition never runs
      track('dead');
    }
    if (on && admin) show(); //~ nested-flags: asking for it again changes nothing
    if (on) {
      show();
    }
    if (!on && admin) hide();
    if (side) show();
  } else if (on) { //~ nested-flags: always off
    track('dead, too');
  }
  if (isEnabled('tabs', user)) {
    if (isEnabled('tabs', user)) tabs(); //~ nested-flags
    // Of somebody else.
    if (isEnabled('tabs', other)) tabs();
    if (!isEnabled('tabs-v2', user)) tabs();
    // Asked again when the button is pressed.
    button(() => isEnabled('tabs', user) && tabs());
  }
  if (admin && isEnabled('rows', user) && isEnabled('rows', user)) rows(); //~ nested-flags
  if (admin || side) rows();
  // One of several variations.
  if (variant !== 'off') {
    if (variant === 'red') paint();
  }
  if (!on) return null;
  if (!on) hide(); //~ nested-flags: behind this condition never runs
  return side ? <New /> : on ? <Old /> : <Older />; //~ nested-flags: other side of this condition never runs
}

export function Other({ admin }) {
  const on = useFlag('new-panel');
  if (admin) {
    if (on) show();
  }
  if (on) show();
  if (!on) hide();
  return on || admin ? <New /> : <Old />;
}
