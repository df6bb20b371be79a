const a = 1, b: string = 'two';
let unset: boolean;
const { plain, renamed: other, missing = 1, both: twice = 2 } = source();
const { nested: { deep, 'quoted-key': quoted }, list: [head] = [], inner: { leaf } = {}, ...remaining } = source();
const [first, , third = 3, { fourth }, [fifth], { sixth } = {}, ...tail] = items;
for (const item of items) use(item);
for (const { key, value } of items) use(key);
for (const index in items) {}
for (const [name, count] of pairs) {}
try { run(); } catch (error) { log(error); }
try { run(); } catch ({ message }) { log(message); }
try { run(); } catch { retry(); }

total = 1;
this.total = 2;
totals[0] = 3;
(wrapped) = 4;
maybe! = 5;
total += 1;
cache ??= load();
total++;
--total;
({ plain, renamed: other } = source());
[first, second] = [second, first];
import Alias = Namespace.Inner;
