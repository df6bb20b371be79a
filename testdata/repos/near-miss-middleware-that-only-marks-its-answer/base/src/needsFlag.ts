import { isOn } from './flags';

export function needsFlag(key, message) {
  return async (req, res, next) => {
    if (await isOn(key, req)) {
      mark(res, message);
    }
    next();
  };
}
