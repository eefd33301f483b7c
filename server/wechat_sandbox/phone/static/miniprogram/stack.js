/** The page stack (小程序文档 · 页面路由): at most ten pages, hooks in WeChat's order. */

import { animate } from '../dom.js';
import { EventChannel } from './event-channel.js';
import { Page } from './page.js';

export const PAGE_LIMIT = 10;
const SLIDE_IN = [{ transform: 'translateX(100%)' }, { transform: 'none' }];
const SLIDE_OUT = [{ transform: 'none' }, { transform: 'translateX(100%)' }];

export class Stack {
  constructor(program, element) {
    this.program = program;
    this.element = element;
    this.pages = [];
  }

  get top() {
    return this.pages.at(-1);
  }

  /** The pages as mini-program code sees them. */
  get instances() {
    return this.pages.map((page) => page.instance).filter(Boolean);
  }

  create(path, query) {
    const page = new Page({
      program: this.program,
      path,
      query,
      canGoBack: this.pages.length > 0,
      canGoHome: this.pages.length === 0 && path !== this.program.source.pages[0],
    });
    page.mount();
    return page;
  }

  place(page) {
    this.pages.push(page);
    this.element.append(page.element);
    page.open();
  }

  /** Open above the current page; returns the channel between the two. */
  push(path, query, listeners = {}) {
    const below = this.top;
    below?.hide();
    const page = this.create(path, query);
    page.eventChannel = new EventChannel(listeners);
    this.place(page);
    animate(page.element, SLIDE_IN).then(() => {
      if (below) below.element.hidden = this.top !== below;
    });
    return page.eventChannel;
  }

  /** Take the place of the current page. */
  replace(path, query) {
    this.pages.pop()?.close();
    this.place(this.create(path, query));
  }

  /** Close every page and open this one. */
  relaunch(path, query) {
    while (this.pages.length) this.pages.pop().close();
    this.place(this.create(path, query));
  }

  /** Go back `delta` pages, at most to the first. */
  back(delta) {
    const count = Math.min(delta, this.pages.length - 1);
    if (count < 1) return;
    const closing = this.pages.splice(-count);
    const leaving = closing.at(-1);
    const ghost = leaving.element.cloneNode(true);
    const ghostStyles = leaving.handOverStyles();
    closing.reverse().forEach((page) => page.close());
    this.top.element.hidden = false;
    ghost.inert = true;
    ghost.classList.add('mp-leaving');
    this.element.append(ghost);
    animate(ghost, SLIDE_OUT).then(() => [ghost, ...ghostStyles].forEach((element) => element.remove()));
    this.top.show();
  }

  closeAll() {
    while (this.pages.length) this.pages.pop().close();
  }
}
