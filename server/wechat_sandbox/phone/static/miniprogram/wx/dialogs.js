/** Toast, loading, modal, action sheet (小程序文档 · 交互). */

import { makeInterface, Refusal } from './interface.js';

const MOST_ITEMS = 6;

/** The interfaces drawn by the phone's overlay; answers of a modal or a sheet carry a tap state. */
export function dialogInterfaces({ phone }) {
  const { overlay } = phone;
  return {
    showToast: makeInterface('showToast', (options) => {
      overlay.toast(options);
    }),
    hideToast: makeInterface('hideToast', () => {
      overlay.hideToast();
    }),
    showLoading: makeInterface('showLoading', (options) => {
      overlay.toast({ ...options, icon: 'loading', duration: 0 });
    }),
    hideLoading: makeInterface('hideLoading', () => {
      overlay.hideToast();
    }),
    showModal: makeInterface('showModal', (options) => overlay.modal(options), { taps: 'given' }),
    showActionSheet: makeInterface(
      'showActionSheet',
      async (options) => {
        if (!options.itemList?.length || options.itemList.length > MOST_ITEMS)
          throw new Refusal('parameter error: itemList should not exceed 6 items');
        const chosen = await overlay.actionSheet(options).catch(() => null);
        if (!chosen) throw new Refusal('cancel');
        return chosen;
      },
      { taps: 'given' },
    ),
    enableAlertBeforeUnload: makeInterface('enableAlertBeforeUnload', () => {}),
    disableAlertBeforeUnload: makeInterface('disableAlertBeforeUnload', () => {}),
  };
}
