import express from 'express';
import { OpenFeature } from '@openfeature/server-sdk';
import { requestPayout } from './hosts/payout-handler';
import { listStays } from './hosts/stays';

export async function buildApp() {
  const app = express();
  app.get('/stays', listStays);
  if (await OpenFeature.getClient().getBooleanValue('host-payouts', false)) {
    app.post('/payouts', requestPayout);
  }
  return app;
}
