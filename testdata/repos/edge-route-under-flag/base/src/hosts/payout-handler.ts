import type { Request, Response } from 'express';
import { bank } from '../bank';

export async function requestPayout(request: Request, response: Response) {
  const payout = await bank.createPayout(request.body.iban, request.body.amount);
  response.status(201).json({ id: payout.id });
}
