/** WeChat's wheels for `<picker>`. */

import { h } from '../dom.js';

const ROW_PIXELS = 44;

function wheel(items, chosen) {
  const list = h(
    'div.ph-wheel',
    { tabindex: '0', role: 'listbox' },
    items.map((text, index) =>
      h(
        'div.ph-wheel-item',
        {
          role: 'option',
          onclick: () => list.scrollTo({ top: index * ROW_PIXELS, behavior: 'smooth' }),
        },
        text,
      ),
    ),
  );
  requestAnimationFrame(() => {
    list.scrollTop = chosen * ROW_PIXELS;
  });
  return list;
}

/** `{title, columns: [[text]], chosen: [index]}` → the chosen indexes, or null when cancelled. */
export function pickFromWheels(overlay, { title = '', columns, chosen }) {
  return overlay.open(
    (finish) => {
      const wheels = columns.map((items, index) => wheel(items, chosen[index]));
      const read = () =>
        wheels.map((list, index) =>
          Math.min(columns[index].length - 1, Math.max(0, Math.round(list.scrollTop / ROW_PIXELS))),
        );
      return h(
        'div.ph-picker',
        { role: 'dialog', 'aria-modal': 'true', 'aria-label': title || '请选择' },
        h(
          'div.ph-picker-bar',
          {},
          h('button', { type: 'button', onclick: () => finish(null) }, '取消'),
          h('b', {}, title),
          h('button.ph-picker-done', { type: 'button', onclick: () => finish(read()) }, '确定'),
        ),
        h('div.ph-wheels', {}, wheels),
      );
    },
    { fromBelow: true, dismiss: { result: null } },
  );
}
