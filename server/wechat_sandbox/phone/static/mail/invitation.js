/** The appointment in a message, as a card: when it is, and whether the calendar has it. */

import { timeOfDay } from '../clock.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});

function state(appointment, onAdd) {
  if (appointment.state === 'cancelled') return h('span.ph-event-state.ph-event-gone', {}, '已取消');
  if (appointment.state === 'added')
    return h('span.ph-event-state', {}, h('i', { html: icon('check') }), '已加入日历');
  return h('button.ph-event-add', { type: 'button', onclick: onAdd }, '加入日历');
}

/** `onAdd` is called when the person wants the appointment in the calendar. */
export function invitationCard(appointment, onAdd) {
  const start = new Date(appointment.starts_at);
  const times = `${timeOfDay(start)}–${timeOfDay(new Date(appointment.ends_at))}`;
  const [minutes] = appointment.reminds_minutes_before;
  const reminder = minutes && appointment.state !== 'cancelled' ? `提前 ${minutes} 分钟提醒` : '';
  return h(
    'section.ph-event',
    { 'aria-label': '日程', 'data-state': appointment.state },
    h('i.ph-event-icon', { html: icon('calendar') }),
    h('b', {}, appointment.summary),
    h('time', { datetime: appointment.starts_at }, `${DAY.format(start)} ${times}`),
    reminder ? h('small', {}, reminder) : null,
    state(appointment, onAdd),
  );
}
