import config from 'config';
import express from 'express';
import { judgment } from './judgment';
import toBoolean from 'to-boolean';

const app = express();
app.listen(3000);
