import 'side-effect';
import standard from './standard';
import * as everything from './everything';
import { one, two as second, default as third } from './named';
import fourth, { fifth, type Sixth } from './mixed';
import type { Only } from './types';
import json from './data.json' with { type: 'json' };
import legacy = require('legacy');
const whole = require("whole");
var old = require("old");
const { part, other: renamed } = require('./parts');
const member = require('./parts').member;
const called = requires('./parts');

export { again, other as changed } from './again';
export * from './all';
export * as named from './all';
export type { Gone } from './types';

export const value = 1;
export function run() {}
export class Runner {}
export { value as default, run };
export { type Only };
export type { Alone };
export default run(value);
export interface Shape { side: number }
export type Mode = 'on' | 'off';
export declare const ambient: string;
export function signature(a: string): void;
