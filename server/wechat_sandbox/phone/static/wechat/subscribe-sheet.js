/** The sheet of 订阅消息: which messages may be sent, once each. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { logo } from './avatars.js';

function tick(label) {
  const box = h('input', { type: 'checkbox', checked: true, 'aria-label': label });
  return [box, h('span.ph-check', {}, box, h('i', { html: icon('check') }))];
}

function explain(overlay, template) {
  const content = Object.values(template.fields).join('、');
  overlay.modal({ title: template.title, content: `消息包含：${content}`, showCancel: false, confirmText: '知道了' });
}

/**
 * Ask about up to five templates: `{name, templates: [{id, title, fields}]}`.
 * Resolves to `{choices: {id: accept|reject}, always}`; 取消 rejects all of them.
 */
export function askSubscription(overlay, { name, templates }) {
  return overlay.open(
    (finish) => {
      const [always, alwaysBox] = tick('总是保持以上选择，不再询问');
      always.checked = false;
      const rows = templates.map((template) => {
        const [box, mark] = tick(template.title);
        const row = h(
          'label.ph-subscribe-row',
          {},
          templates.length > 1 ? mark : null,
          h('span', {}, template.title),
          h('button.ph-subscribe-info', {
            type: 'button',
            'aria-label': `${template.title}包含的内容`,
            html: icon('info'),
            onclick: (event) => {
              event.preventDefault();
              explain(overlay, template);
            },
          }),
        );
        return { template, box, row };
      });
      const answer = (allowed) =>
        finish({
          choices: Object.fromEntries(
            rows.map(({ template, box }) => [template.id, allowed && box.checked ? 'accept' : 'reject']),
          ),
          always: always.checked,
        });
      return h(
        'div.ph-subscribe',
        { role: 'dialog', 'aria-modal': 'true', 'aria-label': '订阅消息' },
        h('div.ph-subscribe-from', {}, logo(), h('b', {}, name), h('span', {}, '申请')),
        h('h2', {}, `允许“${name}”发送以下消息`),
        h('p', {}, '每条消息仅下发一次'),
        h(
          'div.ph-subscribe-rows',
          {},
          rows.map(({ row }) => row),
        ),
        h('label.ph-subscribe-always', {}, alwaysBox, '总是保持以上选择，不再询问'),
        h(
          'div.ph-subscribe-buttons',
          {},
          h('button.ph-subscribe-cancel', { type: 'button', onclick: () => answer(false) }, '取消'),
          h('button.ph-subscribe-allow', { type: 'button', onclick: () => answer(true) }, '允许'),
        ),
      );
    },
    { fromBelow: true },
  );
}

/** Show the kept choices and let them be changed; resolves to the choices left. */
export function showSubscriptionSettings(overlay, { name, choices, templates }) {
  return overlay.open(
    (finish) => {
      const left = { ...choices };
      const rows = Object.keys(choices).map((id) => {
        const box = h('input', {
          type: 'checkbox',
          checked: choices[id] === 'accept',
          onchange: () => {
            left[id] = box.checked ? 'accept' : 'reject';
          },
        });
        return h(
          'label.ph-subscribe-row',
          {},
          h('span', {}, templates[id]?.title ?? id),
          h('span.ph-check', {}, box, h('i', { html: icon('check') })),
        );
      });
      return h(
        'div.ph-subscribe',
        { role: 'dialog', 'aria-modal': 'true', 'aria-label': '订阅消息设置' },
        h('h2', {}, `${name} · 订阅消息`),
        rows.length ? h('div.ph-subscribe-rows', {}, rows) : h('p', {}, '没有选择过“总是保持以上选择”的消息。'),
        h(
          'div.ph-subscribe-buttons',
          {},
          h('button.ph-subscribe-allow', { type: 'button', onclick: () => finish(left) }, '完成'),
        ),
      );
    },
    { fromBelow: true },
  );
}
