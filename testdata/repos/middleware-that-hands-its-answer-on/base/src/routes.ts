import { needsFlag } from './needsFlag';

export default (app) => {
  app.get('/cars', require('./cars').list);
};
