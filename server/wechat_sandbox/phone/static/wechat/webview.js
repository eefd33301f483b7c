/** WeChat's browser: a bar with a cross and a title, and the page. */

import { h } from '../dom.js';
import { bar, barButton } from './screens.js';

const ITEMS = ['刷新', '关闭网页'];

/** A screen with an iframe; `title` stands in the bar, because another origin's title cannot be read. */
export function webviewScreen({ screens, overlay, url, title }) {
  const progress = h('i.ph-web-progress');
  const frame = h('iframe', { src: url, title });
  frame.addEventListener('load', () => {
    progress.hidden = true;
  });
  const close = () => screens.pop();
  const more = async () => {
    const { tapIndex } = await overlay.actionSheet({ itemList: ITEMS }).catch(() => ({}));
    if (tapIndex === 0) frame.src = url;
    if (tapIndex === 1) close();
  };
  const top = bar(title, { left: barButton('close', '关闭', close), right: barButton('more', '更多', more) });
  return { element: h('section.ph-page.ph-web', {}, top, progress, frame) };
}
