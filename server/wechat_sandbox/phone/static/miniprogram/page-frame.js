/** The client's part of a page: navigation bar, scrolling area, error screen. */

import { h } from '../dom.js';
import { icon } from '../icons.js';

const DARK_TEXT = '#000000';
const LIGHT_TEXT = '#FFFFFF';

/** One page's frame. `config` is app.json's window merged with the page's own JSON. */
export class PageFrame {
  constructor({ config, canGoBack, canGoHome, onBack, onHome }) {
    this.title = h('span.mp-nav-title', { role: 'heading', 'aria-level': '1' });
    this.loading = h('span.mp-nav-loading', { hidden: true });
    this.home = canGoHome
      ? h('button.mp-nav-home', { type: 'button', 'aria-label': '返回首页', html: icon('home'), onclick: onHome })
      : null;
    const back = canGoBack
      ? h('button.mp-nav-back', { type: 'button', 'aria-label': '返回', html: icon('back'), onclick: onBack })
      : null;
    this.nav = h('header.mp-nav', {}, back, this.home, h('span.mp-nav-middle', {}, this.loading, this.title));
    this.refresher = h('div.mp-refresher', { hidden: true, 'aria-label': '正在刷新' }, h('i'), h('i'), h('i'));
    this.placeholder = h('div');
    this.scroller = h('div.mp-scroll', {}, this.refresher, this.placeholder);
    this.view = h('div.mp-view', {}, this.scroller);
    this.element = h('section.mp-page', {}, this.nav, this.view);
    this.configure(config);
  }

  configure(config) {
    if (config.navigationStyle === 'custom') this.element.classList.add('mp-custom-nav');
    this.setTitle(config.navigationBarTitleText ?? '');
    this.setColor(config.navigationBarBackgroundColor ?? DARK_TEXT, config.navigationBarTextStyle ?? 'white');
    this.view.style.background = config.backgroundColor ?? '#FFFFFF';
    if (config.disableScroll) this.scroller.style.overflow = 'hidden';
  }

  setTitle(text) {
    this.title.textContent = text;
  }

  /** `text` is black, white, #000000 or #ffffff. */
  setColor(background, text) {
    const dark = ['black', '#000000'].includes(String(text).toLowerCase());
    if (background) this.nav.style.background = background;
    this.nav.style.color = dark ? DARK_TEXT : LIGHT_TEXT;
    this.element.classList.toggle('mp-light-text', !dark);
  }

  hideHome() {
    this.home?.remove();
  }

  /** Replace the page by sentences saying what is wrong; for mistakes in the mini-program's code. */
  showProblems(heading, problems) {
    this.view.replaceChildren(
      h('div.mp-problems', { role: 'alert' }, h('h2', {}, heading), ...problems.map((text) => h('pre', {}, text))),
    );
  }
}
