import { Router } from 'express';
import { remembers } from './middleware/with-flag.js';
import { refundSeat } from './seats/refund.js';

export const routes = Router();

routes.post('/seats/:id/refund', remembers('seat-refunds'), refundSeat);
