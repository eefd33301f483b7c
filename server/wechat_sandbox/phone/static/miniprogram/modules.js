/** Runs the mini-program's JavaScript files as WeChat does: CommonJS, strict, without the browser's globals. */

import { resolvePath } from './paths.js';

const SHADOWED = [
  'window',
  'document',
  'fetch',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'XMLHttpRequest',
  'WebSocket',
  'navigator',
  'location',
  'history',
  'alert',
  'confirm',
  'prompt',
  'self',
  'globalThis',
  'top',
  'parent',
  'frames',
];

export class ModuleError extends Error {}

/** Loads files on demand and keeps what they export. */
export class Modules {
  /** `globals`: the names every file sees (wx, App, Page, …) and their values. */
  constructor(source, globals) {
    this.source = source;
    this.globals = globals;
    this.loaded = new Map();
  }

  /** Run `<path>.js` once and return its exports; raises ModuleError when there is no such file. */
  load(path) {
    if (this.loaded.has(path)) return this.loaded.get(path).exports;
    const text = this.source.text(`${path}.js`);
    if (text === undefined) throw new ModuleError(`module '${path}.js' is not defined`);
    const module = { exports: {} };
    this.loaded.set(path, module);
    const names = ['require', 'module', 'exports', ...Object.keys(this.globals), ...SHADOWED];
    const values = [(target) => this.require(path, target), module, module.exports, ...Object.values(this.globals)];
    this.compile(path, names, text).apply(undefined, values);
    return module.exports;
  }

  require(from, target) {
    const path = resolvePath(from, target).replace(/\.js$/, '');
    if (this.source.text(`${path}.js`) === undefined && this.source.text(`${path}/index.js`) !== undefined) {
      return this.load(`${path}/index`);
    }
    return this.load(path);
  }

  compile(path, names, text) {
    try {
      return new Function(...names, `"use strict";${text}\n//# sourceURL=miniprogram/${path}.js`);
    } catch (error) {
      this.loaded.delete(path);
      throw new ModuleError(`${path}.js：${error.message}`);
    }
  }
}
