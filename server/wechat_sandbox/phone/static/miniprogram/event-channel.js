/** The channel between a page and the page it opened (小程序文档 · EventChannel). */

export class EventChannel {
  constructor(listeners = {}) {
    this.listeners = new Map();
    Object.entries(listeners).forEach(([name, listener]) => this.on(name, listener));
  }

  on(name, listener) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  once(name, listener) {
    const once = (...values) => {
      this.off(name, once);
      listener(...values);
    };
    this.on(name, once);
  }

  off(name, listener) {
    this.listeners.set(
      name,
      (this.listeners.get(name) ?? []).filter((one) => listener && one !== listener),
    );
  }

  emit(name, ...values) {
    (this.listeners.get(name) ?? []).forEach((listener) => listener(...values));
  }
}
