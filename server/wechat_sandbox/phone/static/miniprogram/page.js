/** One page of the stack: the engine's root component inside its frame, and the page's hooks. */

import { nextFrame } from '../dom.js';
import { PageFrame } from './page-frame.js';
import { runInTapState } from './tap-state.js';

let serial = 0;

/** Keep a page's styles to that page: two pages of a stack are in one document here. */
function scopeStyles(styles, mark) {
  styles.forEach((style) => {
    style.textContent = `@scope ([data-page="${mark}"]) {\n${style.textContent}\n}`;
  });
}

export class Page {
  constructor({ program, path, query, canGoBack, canGoHome }) {
    serial += 1;
    this.program = program;
    this.path = path;
    this.query = query;
    this.mark = String(serial);
    const config = { ...program.source.app.window, ...program.source.json(path) };
    this.frame = new PageFrame({
      config,
      canGoBack,
      canGoHome,
      onBack: () => program.stack.back(1),
      onHome: () => program.stack.relaunch(program.source.pages[0], {}),
    });
    this.pullEnabled = Boolean(config.enablePullDownRefresh);
    this.frame.scroller.dataset.page = this.mark;
  }

  get element() {
    return this.frame.element;
  }

  /** Create and mount the page's component; a mistake in its code is shown on the screen. */
  mount() {
    const { registry, modules, problems } = this.program;
    try {
      if (problems.length) throw new Error(problems.join('\n'));
      registry.register(this.path, modules);
      this.attach(registry);
    } catch (error) {
      this.program.onError(error, this.path);
      this.frame.showProblems('页面打不开', [error.message]);
    }
  }

  attach(registry) {
    const before = new Set(document.head.querySelectorAll('style'));
    const query = Object.entries(this.query)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    this.root = registry.backend.createRoot('page', registry.space, query ? `${this.path}?${query}` : this.path);
    this.styles = [...document.head.querySelectorAll('style')].filter((style) => !before.has(style));
    scopeStyles(this.styles, this.mark);
    this.instance = this.root.get();
    Object.assign(this.instance, { route: this.path, __route__: this.path, options: this.query });
    this.instance.getOpenerEventChannel = () => this.eventChannel ?? {};
    this.root.attach(this.frame.scroller, this.frame.placeholder);
    this.frame.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
  }

  /** Call a hook of the page and tell its components; missing hooks are fine. */
  call(hook, ...values) {
    const method = this.instance?.[hook];
    if (typeof method !== 'function') return undefined;
    try {
      return runInTapState(null, () => method.apply(this.instance, values));
    } catch (error) {
      this.program.onError(error, `${this.path} ${hook}`);
      return undefined;
    }
  }

  async open() {
    this.call('onLoad', this.query);
    this.show();
    await nextFrame();
    if (this.instance) this.call('onReady');
  }

  show() {
    this.call('onShow');
    this.root?.getComponent().triggerPageLifetime('show', []);
  }

  hide() {
    this.call('onHide');
    this.root?.getComponent().triggerPageLifetime('hide', []);
  }

  /** The page's style elements, which the caller removes from now on: its picture is still sliding away. */
  handOverStyles() {
    const styles = this.styles ?? [];
    this.styles = [];
    return styles;
  }

  close() {
    this.call('onUnload');
    this.root?.release();
    this.styles?.forEach((style) => style.remove());
    this.element.remove();
    this.instance = null;
  }

  onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.frame.scroller;
    this.call('onPageScroll', { scrollTop });
    const atBottom = scrollTop + clientHeight >= scrollHeight - 50;
    if (atBottom && !this.wasAtBottom) this.call('onReachBottom');
    this.wasAtBottom = atBottom;
  }

  /** Show the three dots of a refresh and tell the page. */
  startRefresh() {
    this.frame.refresher.hidden = false;
    this.call('onPullDownRefresh');
  }

  stopRefresh() {
    this.frame.refresher.hidden = true;
  }
}
