import express from 'express';
import { withNewTax } from './flags';
import { taxRouter } from './tax-routes';
import { pageRouter } from './page-routes';

function register(app) {
  app.use(pageRouter);
  if (withNewTax()) {
    app.use(taxRouter);
  }
}

export function create() {
  const app = express();
  register(app);
  return app;
}
