import { OpenFeature } from '@openfeature/server-sdk';

const client = OpenFeature.getClient();

// An older flag: nobody can say here whether it is rolled out.
export async function price(order: Order) {
  if (await client.getBooleanValue('rounded-prices', true)) {
    return Math.round(order.total) - order.discount;
  }
  return order.total;
}

export async function discount(order: Order) {
  if (await client.getBooleanValue('loyal-discount', true)) { //~ unsafe-default: its default is `true`
    return order.total * 0.1;
  }
  if (await client.getBooleanValue('volume-discount', false)) {
    return order.total * 0.2;
  }
  return 0;
}

// A kill switch: on is the harmless side of "disable", and off is the normal state.
export async function search(words: string) {
  if (await client.getBooleanValue('disable-search', true)) return [];
  if (await client.getBooleanValue('disable-fuzzy-search', false)) return exact(words);
  return fuzzy(words);
}

// Back to the old way.
export async function cart() {
  return (await client.getBooleanValue('use-legacy-cart', true)) ? oldCart() : newCart();
}

// Not a switch.
export async function theme() {
  return client.getStringValue('theme', 'true');
}

export async function caught(order: Order) {
  const isOn = await client.getBooleanValue('express-lane', false).catch(() => true); //~ unsafe-default: a failure yields
  const isOff = await client.getBooleanValue('slow-lane', false).catch(() => false);
  return isOn && !isOff;
}

export async function isExpressEnabled() {
  try {
    return await client.getBooleanValue('express-lane', false);
  } catch {
    return true; //~ unsafe-default: the handler
  }
}

export async function isEnabled(key: string) {
  try {
    const on = await client.getBooleanValue(key, false);
    return on;
  } catch (error) {
    report(error);
    return true; //~ unsafe-default: Every flag
  }
}

export async function isSlowEnabled() {
  try {
    return await client.getBooleanValue('slow-lane', false);
  } catch (error) {
    return false;
  }
}

// What fails is the saving, and what is returned is not the flag.
export async function save(order: Order) {
  try {
    if (await client.getBooleanValue('fast-save', false)) await order.quickSave();
    return await order.save();
  } catch (error) {
    return true;
  }
}

export async function isSearchDisabled(key: string) {
  try {
    return await client.getBooleanValue(key, false);
  } catch (error) {
    return true;
  }
}
