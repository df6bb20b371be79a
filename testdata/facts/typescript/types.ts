#!/usr/bin/env node
// A line.
/* A block. */
/** A doc comment. */
interface Flags extends Base<string> {
  newTax: boolean;
  'old-tax'?: string;
  method(a: string): void;
  (call: string): void;
  new (made: string): Flags;
  [index: string]: unknown;
}
type Key = 'new-tax' | 'old-tax';
type Table = { newTax: 'on' | 'off'; nested: { deep: typeof value } };
declare module 'other' {
  export const x: string;
}
declare global {
  interface Window { flags: Flags }
}
declare function ambient(a: string): void;
function isKey<T extends Key = Key>(value: unknown): value is T {
  return typeof value === 'string';
}
function assertKey(value: unknown): asserts value is Key {}
let late!: string;
const map = new Map<string, number>();
const callback: (error: Error, data?: string) => void = noop;
namespace Inner {
  export const x = 1;
}
