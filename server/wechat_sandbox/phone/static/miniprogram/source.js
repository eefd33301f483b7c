/** Reads the mini-program's files, served as one JSON of path → text. */

import { resolvePath } from './paths.js';

export class SourceError extends Error {}

/** The text files of one mini-program and what its JSON files say. */
export class Source {
  constructor(files) {
    this.files = files;
    this.app = this.json('app', {});
    if (!this.app.pages?.length) throw new SourceError('app.json：没有 pages，小程序无法启动。');
    this.project = this.json('project.config', {});
  }

  /** The text of a file, or undefined. */
  text(path) {
    return this.files[path];
  }

  /** The content of `<path>.json`; a misspelt file is an error in words, a missing one gives `fallback`. */
  json(path, fallback = {}) {
    const text = this.files[`${path}.json`];
    if (text === undefined) return fallback;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new SourceError(`${path}.json：${error.message}`);
    }
  }

  /** All page paths, subpackages included. */
  get pages() {
    const packages = this.app.subPackages ?? this.app.subpackages ?? [];
    return [
      ...this.app.pages,
      ...packages.flatMap((one) => one.pages.map((page) => resolvePath('', `${one.root}/${page}`))),
    ];
  }

  /** The components a page or component may use, as tag → path. */
  componentsOf(path) {
    const own = this.json(path).usingComponents ?? {};
    const shared = path === 'app' ? {} : (this.app.usingComponents ?? {});
    return Object.fromEntries([
      ...Object.entries(shared).map(([tag, target]) => [tag, resolvePath('app', target)]),
      ...Object.entries(own).map(([tag, target]) => [tag, resolvePath(path, target)]),
    ]);
  }
}

/** Fetch the mini-program; raises SourceError when the sandbox does not have one. */
export async function loadSource(url = '/phone/source.json') {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new SourceError('小程序源码读不到，请检查微信沙箱的设置。');
  const body = await response.json();
  const files = body.files ?? body;
  const prefix = 'miniprogram/';
  if (!files[`${prefix}app.json`]) return new Source(files);
  return new Source(Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(prefix, ''), text])));
}
