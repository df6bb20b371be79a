import { open } from './svc';
export class Holder {
  static account = open('x');
  show() { return Holder.account; }
}
