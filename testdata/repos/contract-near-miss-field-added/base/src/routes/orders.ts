import type { Request, Response } from 'express';
import { orderApiV2 } from '../flags';
import { findOrder } from '../orders';

export async function showOrder(req: Request, res: Response) {
  const order = await findOrder(req.params.id);
  if (await orderApiV2()) {
    return res.json({ id: order.id, total: order.cents / 100, lines: order.lines });
  }
  return res.json({ id: order.id, total: order.cents / 100 });
}
