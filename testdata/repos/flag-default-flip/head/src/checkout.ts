import { OpenFeature } from '@openfeature/server-sdk';
import { expressButton, plainForm } from './forms';

const flags = OpenFeature.getClient();

export async function checkoutForm(userId: string) {
  const isExpress = await flags.getBooleanValue('express-form', true, { targetingKey: userId });
  if (isExpress) {
    return expressButton();
  }
  return plainForm({ columns: 2 });
}
