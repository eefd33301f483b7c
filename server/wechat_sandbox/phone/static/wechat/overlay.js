/** What WeChat draws over everything: toast, loading, modal, action sheet, calls. One shows at a time. */

import { animate, h } from '../dom.js';
import { icon } from '../icons.js';
import { askSubscription, showSubscriptionSettings } from './subscribe-sheet.js';
import { pickFromWheels } from './wheel-picker.js';

const TOAST_MILLISECONDS = 1500;
const RISE = [{ transform: 'translateY(100%)' }, { transform: 'none' }];

export class Overlay {
  constructor() {
    this.element = h('div.ph-overlay');
    this.toastElement = null;
  }

  /** `{title, icon: success|error|loading|none, duration, mask}`; duration 0 stays until hidden. */
  toast({ title = '', icon: kind = 'success', image, duration = TOAST_MILLISECONDS, mask = false } = {}) {
    this.hideToast();
    const drawing = { success: icon('check'), error: icon('close'), loading: '<i class="ph-spinner"></i>' }[kind] ?? '';
    const picture = image ? h('img', { src: image, alt: '' }) : drawing && h('span.ph-toast-icon', { html: drawing });
    const box = h(
      `div.ph-toast${drawing || image ? '' : '.ph-toast-plain'}`,
      { role: 'status' },
      picture || null,
      h('p', {}, String(title)),
    );
    this.toastElement = h(`div.ph-toast-layer${mask ? '.ph-blocking' : ''}`, {}, box);
    this.element.append(this.toastElement);
    clearTimeout(this.toastTimer);
    if (duration > 0) this.toastTimer = setTimeout(() => this.hideToast(), duration);
  }

  hideToast() {
    clearTimeout(this.toastTimer);
    this.toastElement?.remove();
    this.toastElement = null;
  }

  /** Put a dialog on a dimmed ground and wait for `finish(result)`; `build(finish)` makes the dialog. */
  open(build, { fromBelow = false, dismiss = null } = {}) {
    return new Promise((resolve) => {
      const finish = (result) => {
        layer.remove();
        resolve(result);
      };
      const dialog = build(finish);
      const dim = h('div.ph-dim', { onclick: () => dismiss && finish(dismiss.result) });
      const layer = h(`div.ph-layer${fromBelow ? '.ph-layer-below' : ''}`, {}, dim, dialog);
      this.element.append(layer);
      animate(dim, [{ opacity: 0 }, { opacity: 1 }], 180);
      animate(
        dialog,
        fromBelow
          ? RISE
          : [
              { opacity: 0, transform: 'scale(1.04)' },
              { opacity: 1, transform: 'none' },
            ],
        fromBelow ? 260 : 160,
      );
    });
  }

  /** 小程序文档 · wx.showModal: resolves to `{confirm, cancel, content}`. */
  modal({
    title = '',
    content = '',
    showCancel = true,
    cancelText = '取消',
    confirmText = '确定',
    cancelColor,
    confirmColor,
    editable = false,
    placeholderText = '',
  }) {
    return this.open((finish) => {
      const input = editable
        ? h('input.ph-modal-input', { type: 'text', placeholder: placeholderText, value: content })
        : null;
      const answer = (confirm) =>
        finish({ confirm, cancel: !confirm, content: editable && confirm ? input.value : null });
      const button = (kind, text, colour, confirm) =>
        h(
          `button.ph-modal-${kind}`,
          { type: 'button', style: colour ? `color:${colour}` : null, onclick: () => answer(confirm) },
          text,
        );
      return h(
        'div.ph-modal',
        { role: 'alertdialog', 'aria-modal': 'true', 'aria-label': title || content },
        title ? h('h2', {}, title) : null,
        input ?? h('p', { class: title ? null : 'ph-modal-only' }, content),
        h(
          'div.ph-modal-buttons',
          {},
          showCancel ? button('cancel', cancelText, cancelColor, false) : null,
          button('confirm', confirmText, confirmColor, true),
        ),
      );
    });
  }

  /** 小程序文档 · wx.showActionSheet: resolves to `{tapIndex}`, rejects when cancelled. */
  async actionSheet({ itemList, alertText = '', itemColor }) {
    const chosen = await this.open(
      (finish) =>
        h(
          'div.ph-sheet',
          { role: 'dialog', 'aria-modal': 'true', 'aria-label': alertText || '请选择' },
          alertText ? h('p.ph-sheet-title', {}, alertText) : null,
          itemList.map((text, tapIndex) =>
            h(
              'button.ph-sheet-item',
              { type: 'button', style: itemColor ? `color:${itemColor}` : null, onclick: () => finish({ tapIndex }) },
              text,
            ),
          ),
          h('button.ph-sheet-cancel', { type: 'button', onclick: () => finish(null) }, '取消'),
        ),
      { fromBelow: true, dismiss: { result: null } },
    );
    if (!chosen) throw new Error('cancel');
    return chosen;
  }

  /** A call nobody answers: the number is shown, as the system would before dialling. */
  async call(number) {
    await this.open(
      (finish) =>
        h(
          'div.ph-call',
          { role: 'dialog', 'aria-modal': 'true', 'aria-label': '拨打电话' },
          h(
            'button.ph-call-dial',
            { type: 'button', onclick: () => finish() },
            h('span', { html: icon('phone') }),
            `呼叫 ${number}`,
          ),
          h('button.ph-sheet-cancel', { type: 'button', onclick: () => finish() }, '取消'),
        ),
      { fromBelow: true, dismiss: {} },
    );
  }

  /** The system calendar, which here only says what it would keep. */
  async calendar(title) {
    await this.modal({ title: '添加到日历', content: title, showCancel: false, confirmText: '好' });
  }

  /** WeChat's consent sheet; see askSubscription. */
  subscribe(request) {
    return askSubscription(this, request);
  }

  /** The switches behind 设置 · 订阅消息. */
  subscriptionSettings(request) {
    return showSubscriptionSettings(this, request);
  }

  /** Wheels from below; resolves to the chosen indexes or null. */
  pick(request) {
    return pickFromWheels(this, request);
  }
}
