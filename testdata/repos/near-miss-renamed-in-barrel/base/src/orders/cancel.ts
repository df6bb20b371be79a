import { Router } from 'express';
import { giveBack } from '../money';

export const orders = Router();

orders.post('/orders/:id/cancel', async (request, response) => {
  await giveBack(request.body.order);
  response.sendStatus(204);
});
