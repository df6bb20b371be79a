import express from 'express';
import visits from './routes';
const app = express();
app.use('/visits', visits);
app.listen(3000);
