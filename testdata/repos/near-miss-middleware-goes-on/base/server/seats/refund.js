import { stripe } from '../stripe.js';

export async function refundSeat(req, res) {
  const refund = await stripe.refunds.create({ charge: req.body.charge, amount: req.body.price });
  res.json({ id: refund.id });
}
