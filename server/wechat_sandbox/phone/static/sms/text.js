/** The text of an SMS with what a phone finds in it: addresses and numbers that can be tapped. */

import { h } from '../dom.js';

const WITH_SCHEME = String.raw`(?:https?|weixin):\/\/[\w\-.~:/?#@!$&'()*+=%]+`;
// Few endings, so that Node.js stays a word.
const WITHOUT = String.raw`(?<![\w@.-])(?:[a-z\d-]+\.)+(?:com|cn|net|org|io|link|top)(?![\w.-])(?:\/[\w\-.~/?#=&%]*)?`;
const NUMBER = String.raw`(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4})(?!\d)`;
const TAPPABLE = new RegExp(`(${WITH_SCHEME}|${WITHOUT})|(${NUMBER})`, 'gi');

/** Nodes for `text`; `onLink(url)` and `onCall(number)` say what a tap does. */
export function tappableText(text, { onLink, onCall }) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(TAPPABLE)) {
    // A sentence may end right after an address, with signs that an address may hold.
    const shown = found[1] ? found[0].replace(/[.,:;!?')]+$/, '') : found[0];
    const url = shown.includes('://') ? shown : `http://${shown}`;
    const onclick = () => (found[1] ? onLink(url) : onCall(shown));
    nodes.push(text.slice(end, found.index), h('button.ph-sms-link', { type: 'button', onclick }, shown));
    end = found.index + shown.length;
  }
  return [...nodes, text.slice(end)];
}
