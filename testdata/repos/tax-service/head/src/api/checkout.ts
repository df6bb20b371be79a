import { Router } from 'express';
import { contextOf, FLAGS } from '../flags';
import { ldClient } from '../ld-client';
import { placeOrder, reserveStock } from '../orders/place-order';

export const checkout = Router();

checkout.post('/checkout', async (request, response) => {
  const order = await placeOrder(request.body);
  response.status(201).json({ id: order.id });
});

checkout.post('/v2/checkout', async (request, response) => {
  const isOn = await ldClient.variation(FLAGS.NEW_CHECKOUT, contextOf(request.body.customerId), false);
  if (!isOn) {
    response.status(404).end();
    return;
  }
  const reservation = await reserveStock(request.body.lines);
  const order = await placeOrder({ ...request.body, reservation });
  response.status(201).json({ id: order.id, reservedUntil: reservation.expires });
});
