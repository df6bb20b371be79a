#!/usr/bin/env node
import standard, { one as first } from './mixed';
import * as everything from './everything';
import legacy = require('legacy');
import Alias = Namespace.Inner;
const whole = require("whole");
var old = require("old");
const { part, other: renamed } = require('./parts');
export { again, other as changed } from './again';
export * as named from './all';
export { whole };
export type { Alone };
export = whole;

function* generate(a: number) { yield a; }
function plain(a = 1, ...rest: string[]) {}
function patterns(...[first]: string[]) {}
function optional(a?: number, { b }?: Options, c?: string = 'x') {}
const generator = function* (a: number) {};
const inner = function* named() {};
const own = function named(a: number) {};
const single = x => x;
const table = { run: () => {}, whole, size() { return 1; } };
later = () => {};
exports.later = () => {};

@Sealed
class Service extends Base implements Shape {
  #secret = 1;
  private readonly flags?: Flags;
  constructor() { super(import.meta.url); }
  protected override total(a: number): void;
  protected override total(a: any): void {}
  [key: string]: unknown;
}
@Sealed
abstract class Drawn extends Base implements Shape {
  abstract area(): number;
}
@Sealed
export abstract class Exported {}
const Anonymous = class extends Base implements Shape {};
const Named = @Sealed class Inner { run() {} };
enum Level { Low, High = 2 }

const { plain: { deep = 1 } = {}, twice: both = 2, ...others } = source();
const [head = 1, { leaf }, ...tail] = source();
let late!: string;
for (const item of items) continue;
for (const [key, value] of entries) break;
try { run(); } catch (error) { throw error; }
try { run(); } catch ({ message }) { log(message); }
({ whole } = source());
total = 1;
total += 1;
total++;
maybe! = 1;
query`text ${new Client(a[0], `plain`)}`;
import('./lazy');
[true, undefined];

if (a || b) run(); else if ((a ?? b) === c || a !== c) run(); else stop();
switch (a) {
  case 1:
    run();
    break;
  default:
    stop();
}
while (a) await run();
do run(); while (b);
for (let i = 0; i < 3; i++) run();

declare module 'other' { const x: string; }
function overload(a: string): void;
function overload(a: any) {}
function isKey(value: unknown): value is string { return true; }
function assertKey(value: unknown): asserts value is string {}
interface Shape { method(a: string): void }

const asTrue = Boolean(value);
