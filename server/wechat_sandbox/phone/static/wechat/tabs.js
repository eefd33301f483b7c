/** WeChat's four tabs: chats, contacts, discover, me. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { avatar } from './avatars.js';
import { bar, barButton, barSign } from './screens.js';

function row(name, text, onclick, { drawing, tint, unread } = {}) {
  return h(
    'button.ph-line',
    { type: 'button', onclick: onclick ?? null, disabled: !onclick },
    drawing ? h('span.ph-line-icon', { style: `color:${tint}`, html: icon(drawing) }) : null,
    h('b', {}, name),
    h('span', {}, text ?? ''),
    unread ? h('em.ph-badge', { 'aria-label': `${unread} 条未读` }, String(unread)) : null,
    onclick ? h('i', { html: icon('chevron') }) : null,
  );
}

/** Open a chat with one message in it. */
export function openTalk(screens, { name, text, time, face }) {
  const message = h('div.ph-bubble', {}, face.cloneNode(true), h('p', {}, text));
  screens.push({
    element: screens.make(name, h('div.ph-cards', {}, h('div.ph-card-item', {}, h('time', {}, time)), message)),
  });
}

function talkRow(screens, talk) {
  const [speaker, said] = talk.many && talk.text.includes('：') ? talk.text.split('：') : [talk.name, talk.text];
  const face = avatar(talk.name, { colour: talk.colour, text: talk.sign });
  const time = h('time', {}, talk.time);
  const mark = talk.muted ? h('i.ph-muted', { html: icon('muted') }) : null;
  const open = () =>
    openTalk(screens, {
      name: talk.name,
      text: said,
      time: talk.time,
      face: speaker === talk.name ? face : avatar(speaker),
    });
  return h(
    'button.ph-chat',
    { type: 'button', onclick: open },
    face,
    h('span.ph-chat-name', {}, talk.name),
    time,
    h('span.ph-chat-text', {}, talk.text),
    mark,
  );
}

/** A chat of an account: `{face, name, text, time, unread, onOpen}`. */
export function accountRow({ face, name, text, time, unread, onOpen }) {
  const badge = unread
    ? h('span.ph-badge', { 'aria-label': `${unread} 条未读` }, unread > 99 ? '99+' : String(unread))
    : null;
  return h(
    'button.ph-chat',
    { type: 'button', onclick: onOpen, 'data-chat': name },
    h('span.ph-face', {}, face, badge),
    h('span.ph-chat-name', {}, name),
    h('time', {}, time ?? ''),
    h('span.ph-chat-text', {}, text),
  );
}

function plusMenu(phone) {
  const menu = h(
    'div.ph-plus',
    { hidden: true, role: 'menu' },
    h(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        onclick: () => {
          menu.hidden = true;
          phone.scan();
        },
      },
      h('i', { html: icon('scan') }),
      '扫一扫',
    ),
  );
  return menu;
}

/** The first screen of WeChat. `accounts()` gives the rows of accounts, `people` who else may hold the phone. */
export class Tabs {
  constructor({ phone, talks, accounts, onPerson }) {
    Object.assign(this, { phone, talks, accounts, onPerson });
    this.list = h('div.ph-chats');
    this.offline = h('p.ph-offline', { hidden: true, role: 'status' }, '当前网络不可用，请检查网络设置');
    this.plus = plusMenu(phone);
    this.content = h('div.ph-tab-content');
    this.tabs = h('nav.ph-tabs', { 'aria-label': '微信' });
    this.heading = h('div');
    this.element = h('section.ph-page.ph-home', {}, this.heading, this.plus, this.content, this.tabs);
    this.element.addEventListener('pointerdown', (event) => {
      if (!event.target.closest('.ph-plus, .ph-bar-button')) this.plus.hidden = true;
    });
    this.active = 'chats';
    this.draw();
  }

  shown() {
    this.draw();
  }

  /** Draw again: the chats changed, or another tab was chosen. */
  draw(active = this.active) {
    this.active = active;
    const { unread, apps } = this.phone;
    const marks = { chats: unread, discover: apps.reduce((sum, app) => sum + app.unread(), 0) };
    const names = { chats: '微信', contacts: '通讯录', discover: '发现', me: '我' };
    const add = barButton('plus', '更多功能', () => {
      this.plus.hidden = !this.plus.hidden;
    });
    const title = active === 'chats' ? `微信${unread ? `(${unread})` : ''}` : active === 'me' ? '' : names[active];
    this.heading.replaceChildren(bar(title, { right: active === 'me' ? null : [barSign('search'), add] }));
    this.tabs.replaceChildren(
      ...Object.keys(names).map((key) => this.tab(key, names[key], marks[key])),
    );
    this.content.replaceChildren(this[active]());
  }

  tab(key, name, unread) {
    return h(
      'button',
      { type: 'button', 'aria-current': key === this.active ? 'page' : null, onclick: () => this.draw(key) },
      h('i', { html: icon(key) }),
      unread ? h('span.ph-badge', {}, String(unread)) : null,
      name,
    );
  }

  chats() {
    this.list.replaceChildren(
      this.offline,
      ...this.accounts(),
      ...this.talks.map((talk) => talkRow(this.phone.screens, talk)),
    );
    return this.list;
  }

  contacts() {
    return h(
      'div.ph-lines',
      {},
      this.talks
        .filter((talk) => !talk.many)
        .map((talk) =>
          h(
            'div.ph-line.ph-line-person',
            {},
            avatar(talk.name, { colour: talk.colour, text: talk.sign }),
            h('b', {}, talk.name),
          ),
        ),
    );
  }

  discover() {
    return h(
      'div.ph-lines',
      {},
      row('扫一扫', '', () => this.phone.scan(), { drawing: 'scan', tint: '#3C7BEA' }),
      this.phone.openProgram
        ? row('小程序', '约面', () => this.phone.openProgram({}), { drawing: 'miniprogram', tint: '#6467F0' })
        : null,
      this.phone.apps.length ? h('p.ph-lines-title', {}, '手机上的其他应用') : null,
      this.phone.apps.map(({ name, drawing, tint, unread, open }) =>
        row(name, '', open, { drawing, tint, unread: unread() }),
      ),
    );
  }

  me() {
    const { person, people } = this.phone;
    return h(
      'div.ph-lines',
      {},
      h('div.ph-profile', {}, avatar(person.name), h('b', {}, person.name), h('span', {}, `微信号：${person.id}`)),
      h('p.ph-lines-title', {}, '切换账号'),
      people
        .filter((one) => one.id !== person.id)
        .map((one) =>
          h(
            'button.ph-line.ph-line-person',
            { type: 'button', onclick: () => this.onPerson(one) },
            avatar(one.name),
            h('b', {}, one.name),
          ),
        ),
    );
  }

  /** Say that the sandbox cannot be reached, as WeChat says that the network is gone. */
  showReach(reachable) {
    this.offline.hidden = reachable;
  }
}
