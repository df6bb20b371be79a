import { PATHS } from './paths';

for (const path of Object.values(PATHS)) {
  serve(path);
}
