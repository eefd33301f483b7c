/** Times as WeChat writes them, in the time zone of the people in the demo. */

const ZONE = 'Asia/Shanghai';
const DAY_MILLISECONDS = 86400000;

function parts(date) {
  const format = new Intl.DateTimeFormat('zh-CN', {
    timeZone: ZONE,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'long',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
}

const day = (one) => `${one.year}-${one.month}-${one.day}`;

/** 14:05 */
export function timeOfDay(date = new Date()) {
  const { hour, minute } = parts(date);
  return `${hour}:${minute}`;
}

/** 14:05 · 昨天 14:05 · 星期三 14:05 · 3月15日 14:05; `short` leaves the time out where a day is named. */
export function chatTime(iso, { short = false } = {}) {
  const date = new Date(iso);
  const then = parts(date);
  const time = `${then.hour}:${then.minute}`;
  const age = Date.now() - date.getTime();
  const named = (name) => (short ? name : `${name} ${time}`);
  if (day(then) === day(parts(new Date()))) return time;
  if (day(then) === day(parts(new Date(Date.now() - DAY_MILLISECONDS)))) return named('昨天');
  if (age > 0 && age < 6 * DAY_MILLISECONDS) return named(then.weekday);
  return named(`${then.month}月${then.day}日`);
}
