/** WeChat's own screens above each other, and the bar on top of each. */

import { animate, h } from '../dom.js';
import { icon } from '../icons.js';

const IN = [{ transform: 'translateX(100%)' }, { transform: 'none' }];
const OUT = [{ transform: 'none' }, { transform: 'translateX(100%)' }];

/** A bar with a title; `left` and `right` are elements or nothing. */
export function bar(title, { left = null, right = null } = {}) {
  return h(
    'header.ph-bar',
    {},
    h('span.ph-bar-side', {}, left),
    h('h1', {}, title),
    h('span.ph-bar-side.ph-bar-right', {}, right),
  );
}

/** A round button of a bar. */
export function barButton(name, label, onclick) {
  return h('button.ph-bar-button', { type: 'button', 'aria-label': label, html: icon(name), onclick });
}

/** A drawing where WeChat has a button that this phone does not need. */
export function barSign(name) {
  return h('span.ph-bar-button', { 'aria-hidden': 'true', html: icon(name) });
}

/** The stack of screens; the first one always stays. */
export class Screens {
  constructor() {
    this.element = h('div.ph-stage');
    this.list = [];
    /** Whether something else, such as a mini-program, lies above all screens. */
    this.covered = false;
  }

  get top() {
    return this.list.at(-1);
  }

  /** A screen is `{element, shown?, left?}`. */
  push(screen) {
    const below = this.top;
    this.list.push(screen);
    this.element.append(screen.element);
    screen.shown?.();
    if (below)
      animate(screen.element, IN).then(() => {
        below.element.inert = this.top !== below;
      });
  }

  pop() {
    if (this.list.length < 2) return;
    const leaving = this.list.pop();
    leaving.left?.();
    leaving.element.inert = true;
    this.top.element.inert = false;
    animate(leaving.element, OUT).then(() => leaving.element.remove());
    this.top.shown?.();
  }

  /** Back to the first screen, at once. */
  home() {
    while (this.list.length > 1) {
      const leaving = this.list.pop();
      leaving.left?.();
      leaving.element.remove();
    }
    this.top.element.inert = false;
    this.top.shown?.();
  }

  /** A screen with a title and the way back. */
  make(title, ...content) {
    return h('section.ph-page', {}, bar(title, { left: barButton('back', '返回', () => this.pop()) }), ...content);
  }
}
