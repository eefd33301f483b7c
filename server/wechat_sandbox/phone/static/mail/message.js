/** The content of a message: its HTML in a frame without scripts, or its text. */

import { h } from '../dom.js';

const OUTER_MARGIN = 8;

/** Grow with the content, so that the message scrolls as one; links go to `onLink`. */
function settle(frame, onLink) {
  const page = frame.contentDocument;
  frame.style.height = `${page.documentElement.scrollHeight + OUTER_MARGIN}px`;
  page.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link) return;
    event.preventDefault();
    onLink(link.href, link.textContent.trim());
  });
}

/** Scripts of a message never run: its frame is sandboxed, and only we may look into it from outside. */
export function messageBody(message, onLink) {
  if (!message.html) return h('pre.ph-mail-text', {}, message.text ?? '');
  const frame = h('iframe.ph-mail-html', {
    title: message.subject,
    sandbox: 'allow-same-origin',
    srcdoc: message.html,
  });
  frame.addEventListener('load', () => settle(frame, onLink));
  return frame;
}
