import express from 'express';
import { OpenFeature } from '@openfeature/server-sdk';

const router = express.Router();
const flags = OpenFeature.getClient();

// An error is no answer that clients read.
router.get('/orders/:orderId', async (req, res) => {
  const order = await find(req.params.orderId);
  if (!order) return res.status(404).json({ id: req.params.orderId });
  res.json({ id: order.id, total: order.total, tax: order.tax });
});

router.get('/orders/:id/price', async (req, res) => {
  const order = await find(req.params.id);
  if (await flags.getBooleanValue('gross-prices', false)) {
    return res.json({ gross: order.net + order.tax }); //~ contract-change: With `gross-prices` on, the answer of `GET /orders/:id/price` is another one
  }
  res.json({ net: order.net, tax: order.tax });
});

router.get('/orders/:id/all', async (req, res) => {
  const order = await find(req.params.id);
  res.json({ ...order, total: undefined });
});

router.post('/orders', create);

export interface OrderResponse {
  id: string;
  total: string;
  note: string | null;
  lines: Line[];
}

export type LineResponse = { id: string; money: number } & Base;

// Not for others.
interface InnerResponse {
  key: string;
}

export default router;
