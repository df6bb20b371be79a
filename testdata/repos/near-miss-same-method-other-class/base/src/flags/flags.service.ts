import { unleash } from '../unleash';

export class FlagsService {
  isEnabled(name: string) {
    return unleash.isEnabled(name);
  }
}
