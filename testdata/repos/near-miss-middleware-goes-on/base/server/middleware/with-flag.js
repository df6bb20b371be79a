import { ld } from '../ld.js';

export function remembers(key) {
  return async (req, res, next) => {
    res.locals[key] = await ld.variation(key, { kind: 'user', key: req.user.id }, false);
    next();
  };
}
