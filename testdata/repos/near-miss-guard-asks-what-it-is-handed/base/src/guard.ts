import type { NextFunction, Request, Response } from 'express';

export type FeatureFlagMethod = (shop: string) => boolean;

export function guard(name: string, featureFlagMethod: FeatureFlagMethod) {
  return async (_req: Request, res: Response, next: NextFunction) => {
    if (featureFlagMethod(res.locals.shop)) {
      return next();
    }
    return next(new Error(`${name} is not there`));
  };
}
