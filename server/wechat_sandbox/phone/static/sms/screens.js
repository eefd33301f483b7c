/** The SMS program's two screens: who wrote, and what one sender wrote. */

import { chatTime } from '../clock.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { tappableText } from './text.js';

const face = () => h('span.ph-avatar.ph-sms-face', { 'aria-hidden': 'true', html: icon('me') });

function talkRow(sender, messages, onOpen) {
  const last = messages.at(-1);
  const unread = messages.some((message) => !message.read);
  return h(
    'button.ph-sms-row',
    { type: 'button', 'data-sender': sender, onclick: onOpen },
    unread ? h('i.ph-sms-dot', { 'aria-label': '未读' }) : null,
    face(),
    h('b', {}, sender),
    h('time', { datetime: last.received_at }, chatTime(last.received_at, { short: true })),
    h('span', {}, last.text),
  );
}

/** 短信: the senders, the one who wrote last on top. */
export function talksScreen({ screens, messages, onOpen }) {
  const list = h('div.ph-sms-talks', { role: 'list', 'aria-label': '短信' });
  const show = () => {
    const rows = [...messages.talks].map(([sender, all]) => talkRow(sender, all, () => onOpen(sender)));
    list.replaceChildren(...(rows.length ? rows : [h('p.ph-empty', {}, '还没有短信')]));
  };
  messages.addEventListener('change', show);
  const element = screens.make('短信', list);
  element.classList.add('ph-sms-page');
  return { element, shown: show, left: () => messages.removeEventListener('change', show) };
}

function bubble(message, taps) {
  return h(
    'div.ph-sms-item',
    {},
    h('time', { datetime: message.received_at }, `短信 ${chatTime(message.received_at)}`),
    h('p.ph-sms-bubble', {}, tappableText(message.text, taps)),
  );
}

/** What one sender wrote, oldest first; `taps` is what addresses and numbers do. */
export function talkScreen({ screens, messages, sender, taps }) {
  const list = h('div.ph-sms-talk', { role: 'log', 'aria-label': sender });
  const element = screens.make(sender, list);
  element.classList.add('ph-sms-page');
  const show = () => {
    list.replaceChildren(...(messages.talks.get(sender) ?? []).map((message) => bubble(message, taps)));
    list.scrollTop = list.scrollHeight;
    if (screens.top?.element === element && !screens.covered) messages.readFrom(sender);
  };
  messages.addEventListener('change', show);
  return { element, sender, shown: show, left: () => messages.removeEventListener('change', show) };
}
