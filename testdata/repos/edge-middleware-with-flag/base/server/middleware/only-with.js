import { ld } from '../ld.js';

export function onlyWith(key) {
  return async (req, res, next) => {
    const on = await ld.variation(key, { kind: 'user', key: req.user.id }, false);
    if (!on) {
      res.sendStatus(404);
      return;
    }
    next();
  };
}
