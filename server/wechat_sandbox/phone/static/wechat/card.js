/** One message card, of the mini-program's subscription messages or of the official account's template messages. */

import { chatTime } from '../clock.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { logo } from './avatars.js';

function rows(card) {
  return h(
    'dl.ph-card-rows',
    {},
    card.fields.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
  );
}

function leads(card) {
  return Boolean(card.page || card.url || card.miniprogram);
}

function body(card, head, foot, onOpen) {
  const tag = leads(card) ? 'button.ph-card' : 'article.ph-card';
  return h(
    tag,
    { type: leads(card) ? 'button' : null, 'data-card': card.id, onclick: leads(card) ? () => onOpen(card) : null },
    head,
    h('h2', {}, card.title),
    rows(card),
    leads(card) ? foot : null,
  );
}

function dated(card, content) {
  return h('div.ph-card-item', {}, h('time', { datetime: card.received_at }, chatTime(card.received_at)), content);
}

/** A card in 服务通知: the mini-program it comes from is named at the foot. */
export function noticeCard(card, name, onOpen) {
  const foot = h(
    'span.ph-card-foot',
    {},
    logo(),
    h('span.ph-card-name', {}, name),
    h('span.ph-card-go', {}, '进入小程序查看', h('i', { html: icon('chevron') })),
  );
  return dated(card, body(card, null, foot, onOpen));
}

/** A card in the official account's chat. */
export function templateCard(card, onOpen) {
  const foot = h('span.ph-card-foot.ph-card-detail', {}, '查看详情', h('i', { html: icon('chevron') }));
  return dated(card, body(card, null, foot, onOpen));
}
