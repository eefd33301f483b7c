/** The rest of `wx` that this mini-program's world needs: versions, events, scheduling, sharing menu. */

import { runInTapState } from '../tap-state.js';
import { nextFrame } from '../../dom.js';
import { makeInterface } from './interface.js';

function quietUpdateManager() {
  const nothing = () => {};
  return {
    onCheckForUpdate: (listener) => setTimeout(() => listener({ hasUpdate: false }), 0),
    onUpdateReady: nothing,
    onUpdateFailed: nothing,
    applyUpdate: nothing,
  };
}

function logger() {
  const write =
    (level) =>
    (...values) =>
      console[level === 'setFilterMsg' ? 'debug' : level](...values);
  return Object.fromEntries(
    ['debug', 'info', 'warn', 'error']
      .map((level) => [level, write(level)])
      .concat([
        ['setFilterMsg', () => {}],
        ['addFilterMsg', () => {}],
      ]),
  );
}

/** Interfaces that need nothing but the program. */
export function platformInterfaces(program) {
  const nothing = () => {};
  return {
    env: { USER_DATA_PATH: 'http://usr' },
    canIUse: (name) => {
      const [method] = String(name).split('.');
      return (
        method in program.wx ||
        [
          'button',
          'view',
          'text',
          'image',
          'input',
          'textarea',
          'picker',
          'switch',
          'scroll-view',
          'navigator',
        ].includes(method)
      );
    },
    nextTick: (callback) => {
      nextFrame().then(() => runInTapState(null, callback));
    },
    createSelectorQuery: () => program.stack.top.instance.createSelectorQuery(),
    createIntersectionObserver: (component, options) => component.createIntersectionObserver(options),
    getUpdateManager: quietUpdateManager,
    getLogManager: logger,
    getRealtimeLogManager: logger,
    reportEvent: nothing,
    reportMonitor: nothing,
    onError: nothing,
    offError: nothing,
    onUnhandledRejection: nothing,
    onAppShow: nothing,
    onAppHide: nothing,
    offAppShow: nothing,
    offAppHide: nothing,
    onMemoryWarning: nothing,
    onWindowResize: nothing,
    offWindowResize: nothing,
    onThemeChange: nothing,
    showShareMenu: makeInterface('showShareMenu', nothing),
    hideShareMenu: makeInterface('hideShareMenu', nothing),
    openCustomerServiceChat: makeInterface('openCustomerServiceChat', () => {
      program.phone.openType('contact', program);
    }),
  };
}
