import { Router } from 'express';
import { placeOrder } from '../orders/place-order';

export const checkout = Router();

checkout.post('/checkout', async (request, response) => {
  const order = await placeOrder(request.body);
  response.status(201).json({ id: order.id });
});
