/** The phone's home screen: WeChat and what the phone has beside it, each with what is unread. */

import { animate, h } from './dom.js';
import { icon } from './icons.js';

const WECHAT_TINT = '#07B35A';

function badge(unread) {
  return unread
    ? h('span.ph-badge', { 'aria-label': `${unread} 条未读` }, unread > 99 ? '99+' : String(unread))
    : null;
}

/** Lies over everything else on the screen; the bar at the bottom calls it. */
export class Home {
  constructor(phone) {
    this.phone = phone;
    this.icons = h('div.ph-home-icons');
    this.element = h('section.ph-home-screen', { hidden: true, 'aria-label': '主屏幕' }, this.icons);
    this.bar = h('button.ph-home-touch', {
      type: 'button',
      'aria-label': '回到主屏幕',
      title: '回到主屏幕',
      onclick: () => this.show(),
    });
    // What a banner opens lies below the home screen.
    phone.banner.element.addEventListener('click', () => this.hide(), { capture: true });
    /** The same apps as buttons, for beside the phone. */
    this.shortcuts = h('p.ph-shortcuts', { role: 'group', 'aria-label': '手机上的应用' });
  }

  get apps() {
    const { phone } = this;
    const weChat = { name: '微信', drawing: 'chats', tint: WECHAT_TINT, unread: () => phone.unread, open: () => {} };
    return [weChat, ...phone.apps];
  }

  draw() {
    const open = (app) => () => {
      this.hide();
      app.open();
    };
    this.icons.replaceChildren(
      ...this.apps.map((app) =>
        h(
          'button.ph-home-icon',
          { type: 'button', 'data-app': app.name, onclick: open(app) },
          h('span', { style: `background:${app.tint}` }, h('i', { html: icon(app.drawing) }), badge(app.unread())),
          h('b', {}, app.name),
        ),
      ),
    );
    this.shortcuts.replaceChildren(
      ...this.apps.map((app) =>
        h(
          'button',
          { type: 'button', 'data-app': app.name, onclick: app.name === '微信' ? () => this.toWeChat() : open(app) },
          h('i', { style: `color:${app.tint}`, html: icon(app.drawing) }),
          app.name,
          badge(app.unread()),
        ),
      ),
    );
  }

  show() {
    if (!this.element.hidden) return;
    this.draw();
    this.covered = [...this.phone.screen.children].filter((one) => this.hides(one));
    this.covered.forEach((one) => {
      one.inert = true;
    });
    this.element.hidden = false;
    animate(this.element, [{ opacity: 0, transform: 'scale(1.06)' }, { opacity: 1, transform: 'none' }], 180);
  }

  hides(one) {
    return !one.inert && one !== this.element && one !== this.bar && one !== this.phone.banner.element;
  }

  hide() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.covered.forEach((one) => {
      one.inert = false;
    });
  }

  /** From beside the phone: back to WeChat's first screen. */
  toWeChat() {
    this.hide();
    this.phone.leave?.();
    this.phone.screens.home();
  }
}
