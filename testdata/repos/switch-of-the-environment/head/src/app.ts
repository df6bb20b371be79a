import { supportOld, supportPasskeys } from './config';
import { passkeys } from './passkeys';
export function routes(app) {
  app.use(login);
  if (supportPasskeys()) {
    app.use(passkeys);
  }
}
