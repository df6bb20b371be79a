import type { Request, Response } from 'express';

export function listStays(request: Request, response: Response) {
  response.json({ stays: [] });
}
