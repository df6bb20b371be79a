plain();
client.variation('new-tax', user, false);
client?.variation?.('new-tax', ...rest);
new Client('key', { a, b: 1, 'c-d': 2, [computed]: 3, method() {}, ...others });
new Date;
new ns.Client<Options>('key');
query`SELECT ${id}`;
plain`text`;
generic<string>('x');
import('./lazy').then((module) => module.start());
super_(1)(2);
f(/* nothing */ a, // and
  b);
const value = import.meta.env.VITE_FLAG;
a.b.c['d'].e[0]?.f;
this.#store.get(FLAGS.NEW_TAX.key);
process.env['FLAG'];
[1, 2.5, -3, true, false, null, undefined, 'one', "two\n", `three`, `four ${a.b} five`, /re/g];
const inArguments = call(function () {}, async () => {});

const asTrue = Boolean(value);
