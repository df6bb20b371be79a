// Constants of the project that are flags themselves, and near misses.
import { ENABLE_NEW_TAX, newCart, FlagProvider, flags, KEY, toggles } from '../lib/featureFlags';
import * as switches from '../lib/featureToggles';
import { germany, visible } from '../assets/countries';
import settings, { isDevFeaturesEnabled, isFeatureEnabled } from '../consts/env';
import { remote } from 'feature-flags';

export function Page({ order, isNewTaxFeatureEnabled }: Props) {
  if (ENABLE_NEW_TAX) { //~ flag in-house ENABLE_NEW_TAX value
    return <Tax order={order} />;
  }
  const cart = newCart && <Cart />; //~ flag in-house newCart value
  if (switches.newMail || settings.values.isMailFeatureEnabled) { //~ flag in-house newMail; flag in-house isMailFeatureEnabled
    send(order);
  }
  // Near misses: what is handed on, called or looked into; a property; another module; a package.
  const shown = isDevFeaturesEnabled ? order.flow : null; //~ flag in-house isDevFeaturesEnabled
  if (flags && germany && visible && remote && isNewTaxFeatureEnabled) {
    return <FlagProvider name={KEY}>{cart}</FlagProvider>;
  }
  return render(newCart, isDevFeaturesEnabled, order.ENABLE_NEW_TAX, toggles.length, isFeatureEnabled, shown);
}

export function shadowed(newCart: boolean) {
  return newCart ? 1 : 2;
}
