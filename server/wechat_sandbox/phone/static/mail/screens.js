/** The mail program's two screens: the list, and one message. */

import { chatTime } from '../clock.js';
import { h } from '../dom.js';
import { avatar } from '../wechat/avatars.js';
import { invitationCard } from './invitation.js';
import { messageBody } from './message.js';

const sender = (message) => message.from.name || message.from.address || '未知发件人';

function row(message, onOpen) {
  return h(
    'button.ph-mail-row',
    { type: 'button', 'data-mail': message.id, onclick: onOpen },
    message.read ? null : h('i.ph-mail-dot', { 'aria-label': '未读' }),
    h('b', {}, sender(message)),
    h('time', { datetime: message.received_at }, chatTime(message.received_at, { short: true })),
    h('span.ph-mail-subject', {}, message.subject),
    h('span.ph-mail-start', {}, (message.text ?? '').replaceAll(/\s+/g, ' ').slice(0, 80)),
  );
}

/** 邮件: what came, newest first. */
export function mailListScreen({ screens, mailbox, onOpen }) {
  const list = h('div.ph-mails', { role: 'list', 'aria-label': '收件箱' });
  const show = () => {
    const rows = mailbox.messages.map((message) => row(message, () => onOpen(message.id)));
    list.replaceChildren(...(rows.length ? rows : [h('p.ph-empty', {}, '收件箱是空的')]));
  };
  mailbox.addEventListener('change', show);
  return {
    element: screens.make('收件箱', list),
    shown: show,
    left: () => mailbox.removeEventListener('change', show),
  };
}

/** One message; its appointment follows what came after it. */
export function mailScreen({ screens, mailbox, id, onLink }) {
  const message = mailbox.find(id);
  const place = h('div');
  let drawn = null;
  const drawCard = () => {
    const appointment = mailbox.find(id)?.calendar;
    if (!appointment || drawn === appointment.state) return;
    drawn = appointment.state;
    place.replaceChildren(invitationCard(appointment, () => mailbox.addToCalendar(message)));
  };
  const head = h(
    'header.ph-mail-head',
    {},
    h('h2', {}, message.subject),
    avatar(sender(message)),
    h('b', {}, sender(message)),
    h('time', { datetime: message.received_at }, chatTime(message.received_at)),
    h('span', {}, message.from.address ?? ''),
  );
  mailbox.addEventListener('change', drawCard);
  return {
    element: screens.make('邮件', h('div.ph-mail', {}, head, place, messageBody(message, onLink))),
    shown: () => {
      drawCard();
      mailbox.read(message);
    },
    left: () => mailbox.removeEventListener('change', drawCard),
  };
}
