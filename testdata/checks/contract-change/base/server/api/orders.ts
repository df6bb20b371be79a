import express from 'express';
import { OpenFeature } from '@openfeature/server-sdk';

const router = express.Router();
const flags = OpenFeature.getClient();

router.get('/orders/:id', async (req, res) => {
  const order = await find(req.params.id);
  if (!order) return res.status(404).json({ orderId: req.params.id });
  res.json({ id: order.id, total: order.total });
});

router.get('/orders/:id/price', async (req, res) => {
  const order = await find(req.params.id);
  res.json({ net: order.net, tax: order.tax });
});

router.get('/orders/:id/all', async (req, res) => {
  const order = await find(req.params.id);
  res.json({ id: order.id, total: order.total });
});

router.get('/orders/:id/old', handleOld); //~ contract-change: `GET /orders/:id/old` is gone
router.post('/orders', create);

export interface OrderResponse {
  id: string;
  total: number; //~ contract-change: `tax` is gone, `total` was `number` and is `string`
  tax: number;
  note: string;
}

export type LineResponse = { id: string; money: Money; price: number } & Base;

interface InnerResponse {
  id: string;
}

export default router;
