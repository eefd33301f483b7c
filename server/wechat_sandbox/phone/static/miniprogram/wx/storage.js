/** Storage: one per person and mini-program, kept in the browser (小程序文档 · 数据缓存). */

import { makeInterface, Refusal } from './interface.js';

/** The storage interfaces; values are copied, as they are in WeChat. */
export function storageInterfaces({ phone, appid }) {
  const prefix = `phone:${phone.person.id}:${appid}:`;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const read = (key) => localStorage.getItem(prefix + key);
  const sync = {
    set(key, value) {
      localStorage.setItem(prefix + key, JSON.stringify({ value }));
    },
    get(key) {
      const kept = read(key);
      return kept === null ? '' : (JSON.parse(kept).value ?? '');
    },
    remove(key) {
      localStorage.removeItem(prefix + key);
    },
    clear() {
      keys().forEach((key) => localStorage.removeItem(key));
    },
    info: () => ({ keys: keys().map((key) => key.slice(prefix.length)), currentSize: 1, limitSize: 10240 }),
  };
  return {
    setStorageSync: sync.set,
    getStorageSync: sync.get,
    removeStorageSync: sync.remove,
    clearStorageSync: sync.clear,
    getStorageInfoSync: sync.info,
    setStorage: makeInterface('setStorage', ({ key, data }) => {
      sync.set(key, data);
    }),
    getStorage: makeInterface('getStorage', ({ key }) => {
      if (read(key) === null) throw new Refusal('data not found');
      return { data: sync.get(key) };
    }),
    removeStorage: makeInterface('removeStorage', ({ key }) => {
      sync.remove(key);
    }),
    clearStorage: makeInterface('clearStorage', () => {
      sync.clear();
    }),
    getStorageInfo: makeInterface('getStorageInfo', () => sync.info()),
  };
}
