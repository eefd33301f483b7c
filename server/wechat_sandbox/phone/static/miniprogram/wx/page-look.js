/** The page on top: its navigation bar, background, refreshing and scrolling (小程序文档 · 界面). */

import { makeInterface } from './interface.js';

/** The interfaces that change how the page on top looks. */
export function pageLookInterfaces({ stack }) {
  const look = {
    setNavigationBarTitle({ title }) {
      stack.top?.frame.setTitle(String(title ?? ''));
    },
    setNavigationBarColor({ backgroundColor, frontColor }) {
      stack.top?.frame.setColor(backgroundColor, frontColor);
    },
    showNavigationBarLoading() {
      stack.top.frame.loading.hidden = false;
    },
    hideNavigationBarLoading() {
      stack.top.frame.loading.hidden = true;
    },
    hideHomeButton() {
      stack.top?.frame.hideHome();
    },
    startPullDownRefresh() {
      stack.top?.startRefresh();
    },
    stopPullDownRefresh() {
      stack.top?.stopRefresh();
    },
    setBackgroundColor({ backgroundColor }) {
      if (stack.top && backgroundColor) stack.top.frame.view.style.background = backgroundColor;
    },
    setBackgroundTextStyle() {},
    pageScrollTo({ scrollTop, selector, duration = 300 }) {
      const { scroller } = stack.top.frame;
      const found = selector?.startsWith('#')
        ? scroller.querySelector(`[wx-id="${CSS.escape(selector.slice(1))}"]`)
        : selector && scroller.querySelector(selector);
      const top = found
        ? found.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
        : Number(scrollTop) || 0;
      scroller.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'instant' });
    },
  };
  return Object.fromEntries(Object.entries(look).map(([name, run]) => [name, makeInterface(name, run)]));
}
