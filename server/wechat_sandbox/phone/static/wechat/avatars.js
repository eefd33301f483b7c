/** Avatars: a colour and a character for people, a drawing for accounts. Nobody's picture is used. */

import { h } from '../dom.js';
import { icon } from '../icons.js';

const COLOURS = ['#5B8FF9', '#F6903D', '#6DC8A4', '#9270CA', '#E8684A', '#269A99', '#6F7BD9', '#D9894C'];

function colourOf(text) {
  return COLOURS[[...text].reduce((sum, character) => sum + character.codePointAt(0), 0) % COLOURS.length];
}

/** A person's or group's square with the surname. */
export function avatar(name, { colour = colourOf(name), text = [...name][0] } = {}) {
  return h('span.ph-avatar', { style: `background:${colour}`, 'aria-hidden': 'true' }, text);
}

/** 服务通知. */
export function noticeAvatar() {
  return h('span.ph-avatar.ph-avatar-notice', { 'aria-hidden': 'true', html: icon('bell') });
}

/** The company's 服务号. */
export function officialAvatar() {
  return h('span.ph-avatar.ph-avatar-official', { 'aria-hidden': 'true' }, '面');
}

/** The mini-program's own sign. */
export function logo() {
  return h('span.ph-logo', { 'aria-hidden': 'true' }, '约');
}
