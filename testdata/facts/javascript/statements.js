function* generate(a) { yield a; }
const generator = function* (a) {};
const inner = function* named() {};
const own = function named(a) { return a; };
later = () => {};
@Sealed class Before {}
const Made = @Sealed class Own {};
query`text ${new Client(a[0], `plain`)}`;
[true, false, null, undefined];
try { run(); } catch (error) { log(error); }
try { run(); } catch ({ message = 'none' }) { throw message; }
({ a, ...rest } = source());
[first = 1, [second], { third }, ...tail] = source();
for (const [key, value] of entries) continue;
total += 1;
total++;
export { generate as make } from './make.js';
export * as all from './all.js';
export { own };
while (a) await run();
do run(); while (b);
for (let i = 0; i < 3; i++) run();
const chosen = (a || b) ?? (!c && a === b) ?? (a !== c);
// A comment.
<!-- An old comment.
class Late extends Base { constructor() { super(import.meta.url); import('./late.js'); } }

const asTrue = Boolean(value);
