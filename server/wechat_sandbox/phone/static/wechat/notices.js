/** The chats made of cards: 服务通知, and the official account's. */

import { h } from '../dom.js';
import { noticeCard, templateCard } from './card.js';

/** A screen that shows an inbox and follows it; `draw(card)` makes one card. */
function cardScreen({ screens, inbox, title, draw, empty }) {
  const list = h('div.ph-cards', { role: 'log', 'aria-label': title });
  const element = screens.make(title, list);
  element.classList.add('ph-page-cards');
  const show = () => {
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 80;
    const oldestFirst = [...inbox.cards].reverse();
    list.replaceChildren(...(oldestFirst.length ? oldestFirst.map(draw) : [h('p.ph-empty', {}, empty)]));
    if (atEnd || !list.dataset.shown) list.scrollTop = list.scrollHeight;
    list.dataset.shown = 'yes';
  };
  const follow = () => {
    show();
    if (screens.top?.element === element && !screens.covered) inbox.readAll();
  };
  inbox.addEventListener('change', follow);
  return {
    element,
    shown: () => {
      show();
      inbox.readAll();
      list.scrollTop = list.scrollHeight;
    },
    left: () => inbox.removeEventListener('change', follow),
  };
}

/** 服务通知; a tap on a card opens the mini-program. */
export function noticeScreen({ screens, inbox, name, onOpen }) {
  return cardScreen({
    screens,
    inbox,
    title: '服务通知',
    empty: '暂无服务通知',
    draw: (card) => noticeCard(card, name, onOpen),
  });
}

/** The official account's chat; a tap on a card opens its page. */
export function officialScreen({ screens, inbox, name, onOpen }) {
  const draw = (card) => templateCard(card, onOpen);
  return cardScreen({ screens, inbox, title: name, empty: '候选人取消面试的提醒会发到这里', draw });
}
