import { isOn } from './flags';

export function needsFlag(key, message) {
  return async (req, res, next) => {
    if (!(await isOn(key, req))) {
      await req.answers.error(req, res, new Error(message));
      return;
    }
    next();
  };
}
