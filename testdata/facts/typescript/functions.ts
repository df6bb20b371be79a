function plain(a, b = 1, ...rest) {}
async function typed(a: string, b?: number, { c, d: e = 2 }: Options = {}, [f]: string[]): Promise<void> {
  return;
}
function* generate() {
  yield 1;
}
function rest(...[first]: string[]) {}
function bound(this: Window, ...names: string[]) {}
const arrow = async (x: number) => x + 1;
const single = x => x;
const expression = function () {};
const named = function inner() {};
const generator = function* () {};
const wrapped = useCallback(() => load(), []);
const table = {
  method(a) {},
  get size() { return 1; },
  async *stream() {},
  handler: () => {},
  'quoted-handler': function () {},
};
exports.helper = (a) => a;
Tax.prototype.total = function () {};
let later;
later = () => {};
(() => start())();
function overload(a: string): void;
function overload(a: number): void;
function overload(a: any) {}
export default function () {}
function* counted(a: number) {}
const counting = function* (a: number) {};
const taken = function (a: number) {};
const self = function* named() {};
function optional({ a }?: Options, b?: string = 'x') {}
