import { stripe } from '../stripe.js';

export async function refundSeat(req, res) {
  const kept = req.body.hoursLeft < 24 ? 500 : 0;
  const refund = await stripe.refunds.create({ charge: req.body.charge, amount: req.body.price - kept });
  res.json({ id: refund.id });
}
