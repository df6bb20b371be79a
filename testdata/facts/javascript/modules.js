#!/usr/bin/env node
'use strict';
const whole = require('whole');
var { part, other: renamed } = require('./parts');
let made = require('./factory')({ a: 1 });
import standard, { named as alias } from './standard.js';
import * as everything from './everything.js';
export { again } from './again.js';
export { default } from './fallback.js';
export { default as fallback } from './fallback.js';
export default class extends Base {}
module.exports = { whole, run: () => whole() };
exports.stop = function () {};
const alone = require('alone'), computed = run();
