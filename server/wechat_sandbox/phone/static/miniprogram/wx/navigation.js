/** Page routes (小程序文档 · 路由). */

import { PAGE_LIMIT } from '../stack.js';
import { splitUrl } from '../paths.js';
import { makeInterface, Refusal } from './interface.js';

/** The routing interfaces of one mini-program. */
export function navigationInterfaces(program) {
  const { stack, source } = program;
  const target = (url) => {
    const found = splitUrl(url, stack.top?.path ?? '');
    if (!source.pages.includes(found.path)) throw new Refusal(`page "${found.path}" is not found`);
    return found;
  };
  const route = {
    navigateTo({ url, events }) {
      const { path, query } = target(url);
      if (stack.pages.length >= PAGE_LIMIT) throw new Refusal(`page limit exceeded: ${PAGE_LIMIT}`);
      return { eventChannel: stack.push(path, query, events) };
    },
    redirectTo({ url }) {
      const { path, query } = target(url);
      stack.replace(path, query);
    },
    reLaunch({ url }) {
      const { path, query } = target(url);
      stack.relaunch(path, query);
    },
    navigateBack({ delta = 1 }) {
      if (stack.pages.length < 2) throw new Refusal('cannot navigate back at first page.');
      stack.back(delta);
    },
    switchTab() {
      throw new Refusal('can not switch to no-tabBar page');
    },
    exitMiniProgram() {
      program.phone.leave();
    },
  };
  return Object.fromEntries(Object.entries(route).map(([name, run]) => [name, makeInterface(name, run)]));
}
