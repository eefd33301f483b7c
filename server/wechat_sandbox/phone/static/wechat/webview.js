/** WeChat's browser: a bar with a cross and a title, and the page. */

import { h } from '../dom.js';
import { barButton } from './screens.js';

/** A screen with an iframe; `title` stands in the bar, because another origin's title cannot be read. */
export function webviewScreen({ screens, url, title }) {
  const progress = h('i.ph-web-progress');
  const frame = h('iframe', { src: url, title });
  frame.addEventListener('load', () => {
    progress.hidden = true;
  });
  const element = h(
    'section.ph-page.ph-web',
    {},
    h(
      'header.ph-bar',
      {},
      h(
        'span.ph-bar-side',
        {},
        barButton('close', '关闭', () => screens.pop()),
      ),
      h('h1', {}, title),
      h(
        'span.ph-bar-side.ph-bar-right',
        {},
        barButton('more', '更多', () => {}),
      ),
    ),
    progress,
    frame,
  );
  return { element };
}
