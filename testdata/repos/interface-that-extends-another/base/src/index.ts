import express from 'express';
import { VisitController } from './visit-controller';
import { VisitService } from './visit-service';
import { VisitStore } from './visit-store';

const app = express();
app.use('/visits', new VisitController(new VisitService(new VisitStore())).router);
app.listen(3000);
