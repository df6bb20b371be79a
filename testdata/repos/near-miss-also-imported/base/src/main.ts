import { OpenFeature } from '@openfeature/server-sdk';

async function main() {
  if (await OpenFeature.getClient().getBooleanValue('payout-job', false)) {
    await import('./jobs/payouts');
  }
}

void main();
