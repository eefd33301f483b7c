/** A mini-program from its source to the screen: start, pages, going to the background and coming back. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { recordError } from '../record.js';
import { NAMES } from '../settings.js';
import { patchEngine } from './backend.js';
import { fileUrl } from './files.js';
import { Modules } from './modules.js';
import { Pointer } from './pointer.js';
import { PullToRefresh } from './pull.js';
import { Registry } from './registry.js';
import { Stack } from './stack.js';
import { runInTapState, timersWithoutTapState } from './tap-state.js';
import { compileTemplates } from './templates.js';
import { createWx } from './wx/index.js';

let patched = false;

export class MiniProgram {
  /** `phone` offers overlay, sandbox, person and leave(); `source` is the code. */
  constructor(phone, source) {
    this.phone = phone;
    this.source = source;
    this.app = null;
    this.launchOptions = null;
    this.enterOptions = null;
    this.onError = (error, where) => this.fail(error, where);
    this.area = h('div.mp-pages');
    this.element = h(`div.mp${source.app.style === 'v2' ? '.mp-v2' : ''}`, {}, this.area, this.capsule());
    this.stack = new Stack(this, this.area);
    new Pointer(this.area);
    new PullToRefresh(this);
  }

  get name() {
    return this.source.app.window?.navigationBarTitleText || NAMES.miniProgram;
  }

  get appid() {
    return this.source.project.appid ?? '';
  }

  capsule() {
    const more = h('button.mp-capsule-more', {
      type: 'button',
      'aria-label': '更多',
      html: icon('more'),
      onclick: () => this.openMenu(),
    });
    const close = h('button.mp-capsule-close', {
      type: 'button',
      'aria-label': '关闭小程序',
      html: icon('capsule'),
      onclick: () => this.phone.leave(),
    });
    return h('div.mp-capsule', {}, more, h('i'), close);
  }

  /** Compile and start; nothing is shown yet. */
  async load() {
    const { groups, problems } = await compileTemplates(this.source);
    this.problems = problems;
    if (!patched) patchEngine((error, where) => this.onError(error, where));
    patched = true;
    window.addEventListener('unhandledrejection', ({ reason }) => this.call('onUnhandledRejection', { reason }));
    this.wx = createWx(this);
    this.registry = new Registry(this.source, groups, this.builtinContext());
    const timers = timersWithoutTapState((error) => this.fail(error, 'timer'));
    this.modules = new Modules(this.source, {
      ...this.registry.globals,
      ...timers,
      wx: this.wx,
      App: (definition) => {
        this.app = definition;
      },
      getApp: () => this.app,
      getCurrentPages: () => this.stack.instances,
    });
  }

  builtinContext() {
    return {
      overlay: this.phone.overlay,
      fileUrl: (path) => fileUrl(this.source, path),
      wx: () => this.wx,
      openType: (type) => this.phone.openType(type, this),
    };
  }

  /**
   * Bring the mini-program to the screen. With a `path` its page is opened alone (小程序文档 · 场景值: a card, a code);
   * without one the pages of last time are still there.
   */
  open({ path, query = {}, scene }) {
    const cold = this.launchOptions === null;
    const page = path ?? this.stack.top?.path ?? this.source.pages[0];
    const options = { path: page, query, scene, referrerInfo: {}, apiCategory: 'default' };
    this.enterOptions = options;
    if (cold) this.launch(options);
    this.call('onShow', options);
    if (!cold && !path && this.stack.pages.length) this.stack.top.show();
    else if (this.source.pages.includes(page)) this.stack.relaunch(page, query);
    else this.pageNotFound(page, query);
  }

  launch(options) {
    this.launchOptions = options;
    try {
      this.modules.load('app');
      this.app ??= {};
    } catch (error) {
      this.app = {};
      this.problems.push(error.message);
      this.fail(error, 'app.js');
    }
    this.call('onLaunch', options);
  }

  pageNotFound(path, query) {
    if (this.app.onPageNotFound) this.call('onPageNotFound', { path, query, isEntryPage: true });
    else {
      this.stack.relaunch(this.source.pages[0], {});
      this.phone.overlay.toast({ title: `页面不存在：${path}`, icon: 'none', duration: 3000 });
    }
  }

  /** To the background: the pages stay, as in WeChat. */
  hide() {
    this.stack.top?.hide();
    this.call('onHide');
  }

  call(hook, value) {
    if (typeof this.app?.[hook] !== 'function') return;
    try {
      runInTapState(null, () => this.app[hook](value));
    } catch (error) {
      this.fail(error, `App ${hook}`);
    }
  }

  fail(error, where) {
    recordError(error, where);
    if (where !== 'App onError') this.call('onError', String(error?.stack ?? error));
  }

  async openMenu() {
    const { tapIndex } = await this.phone.overlay
      .actionSheet({ itemList: ['重新进入小程序', '关闭小程序'], alertText: this.name })
      .catch(() => ({}));
    if (tapIndex === 0) this.stack.relaunch(this.source.pages[0], {});
    if (tapIndex === 1) this.phone.leave();
  }
}
