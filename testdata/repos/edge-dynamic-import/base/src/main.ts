import { OpenFeature } from '@openfeature/server-sdk';

async function main() {
  if (await OpenFeature.getClient().getBooleanValue('payout-job', false)) {
    const job = await import('./jobs/payouts');
    await job.start();
  }
}

void main();
