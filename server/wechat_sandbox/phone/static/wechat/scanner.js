/** 扫一扫: the codes that exist stand where the camera would see them. */

import { chatTime } from '../clock.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { sandbox } from '../sandbox.js';
import { barButton } from './screens.js';

function describe(code) {
  if (code.kind === 'wxacode') return ['小程序码', `${code.page} · ${chatTime(code.made_at)}`, 'suncode'];
  return ['公众号二维码', code.expires_at ? `${chatTime(code.expires_at)} 前有效` : '长期有效', 'code'];
}

/** A screen listing the codes; `onScan(code)` is called with the one pointed at. */
export function scannerScreen({ screens, kinds, hint, onScan }) {
  const list = h('div.ph-scan-codes');
  const element = h(
    'section.ph-page.ph-scan',
    {},
    h(
      'header.ph-bar',
      {},
      h(
        'span.ph-bar-side',
        {},
        barButton('close', '关闭', () => screens.pop()),
      ),
      h('h1', {}, '扫一扫'),
      h('span.ph-bar-side'),
    ),
    h('div.ph-scan-view', {}, h('i.ph-scan-line'), h('p', {}, '扫二维码 / 小程序码')),
    h('div.ph-scan-tray', {}, h('h2', {}, '镜头前的码'), list),
  );
  const draw = async () => {
    const codes = (await sandbox.codes().catch(() => [])).filter((code) => kinds.includes(code.kind));
    list.replaceChildren(
      ...(codes.length
        ? codes.map((code) => {
            const [name, detail, drawing] = describe(code);
            return h(
              'button.ph-scan-code',
              { type: 'button', 'data-kind': code.kind, onclick: () => onScan(code) },
              h('i', { html: icon(drawing) }),
              h('b', {}, name),
              h('span', {}, detail),
            );
          })
        : [h('p.ph-empty', {}, hint)]),
    );
  };
  let timer = null;
  return {
    element,
    shown: () => {
      draw();
      timer = setInterval(draw, 1000);
    },
    left: () => clearInterval(timer),
  };
}
