import type { Request, Response } from 'express';
import { bank } from '../bank';

export async function requestPayout(request: Request, response: Response) {
  const every = request.body.weekly ? 7 : 30;
  const payout = await bank.createPayout(request.body.iban, request.body.amount, { every });
  response.status(201).json({ id: payout.id });
}
