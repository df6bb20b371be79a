import type { Request, Response } from 'express';

export const wrap = (_req: Request, res: Response) => {
  res.render('gifts', { paper: 'red' });
};
