import { needsFlag } from './needsFlag';

export default (app) => {
  app.get('/cars', require('./cars').list);
  app.get('/cars/:id/owner', needsFlag('car-owner', 'closed'), require('./cars').owner);
};
