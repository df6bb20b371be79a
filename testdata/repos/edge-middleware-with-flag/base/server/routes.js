import { Router } from 'express';
import { onlyWith } from './middleware/only-with.js';
import { refundSeat } from './seats/refund.js';
import { showSeat } from './seats/show.js';

export const routes = Router();

routes.get('/seats/:id', showSeat);
routes.post('/seats/:id/refund', onlyWith('seat-refunds'), refundSeat);
