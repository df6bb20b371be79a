import { contextOf, FLAGS } from '../flags';
import { ldClient } from '../ld-client';
import type { Address } from './types';

/** Asks the tax service of the state for the rate at an address. */
export async function rateAt(address: Address, customerId: string): Promise<number> {
  const timeout = await ldClient.variation(FLAGS.TAX_API_TIMEOUT, contextOf(customerId), 5000);
  const response = await fetch(`https://tax.example.com/v1/rates?zip=${address.zip}`, {
    signal: AbortSignal.timeout(timeout),
  });
  const { rate } = await response.json();
  return rate;
}
