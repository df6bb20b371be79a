import config from 'config';
import express from 'express';
import { judgment } from './judgment';
import toBoolean from 'to-boolean';

const app = express();
if (toBoolean(config.get<boolean>('featureToggles.judgment'), true)) {
  app.use('/judgment', judgment);
}
app.listen(3000);
