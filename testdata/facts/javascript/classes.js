class Service extends Base {
  static limit = 10;
  #secret;
  name;
  save = async () => {};
  @cached total(a) { return this.#secret; }
  @observed rate = 1;
  has(other) { return #secret in other; }
}
@Sealed
export class Decorated {}
const Anonymous = class extends ns.Base { run() {} };
class Inner extends mixin(Base) {}
