/** Connects the component engine to this page's DOM the way WeChat's own view layer behaves. */

import * as glassEasel from 'glass-easel';
import { HYPHENATED } from './builtins/tags.js';
import { convertUnits } from './styles.js';

const ENGINE_LISTENS = new Set(['transitionend', 'animationstart', 'animationiteration', 'animationend']);

const listened = new WeakMap();

/** Whether anything in the mini-program listens to `type` on `element` or above it. */
export function isListened(element, type) {
  for (let one = element; one; one = one.parentElement) if (listened.get(one)?.has(type)) return true;
  return false;
}

/** HTML has `button`, `form` and `dialog` of its own; a mini-program's tags must never become those. */
function domTag(tag) {
  if (tag === 'page') return 'page';
  return tag.includes('-') && !HYPHENATED.has(tag) ? tag : `wx-${tag}`;
}

function createElement(tag) {
  const element = document.createElement(domTag(tag));
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (name, value) => {
    if (name === 'style') setAttribute('style', convertUnits(String(value)));
    else if (name === 'aria-role') setAttribute('role', value);
    else setAttribute(name, value);
  };
  return element;
}

/** The rendering context: our tags, our units, and no DOM event reaches a mini-program handler by itself. */
export function createBackendContext() {
  const context = new glassEasel.CurrentWindowBackendContext();
  context.document = {
    createElement,
    createTextNode: (text) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  };
  const listen = context.setListenerStats.bind(context);
  context.setListenerStats = (element, type, capture, level) => {
    if (!element) return;
    if (!listened.has(element)) listened.set(element, new Set());
    listened.get(element).add(type);
    // Native `input` and `change` bubble too, and would arrive without the detail WeChat gives.
    if (ENGINE_LISTENS.has(type)) listen(element, type, capture, level);
  };
  return context;
}

function describeTarget(caller) {
  if (!caller) return caller;
  const element = (caller._$ ?? caller).$$;
  return {
    id: caller.id ?? '',
    dataset: { ...caller.dataset },
    offsetLeft: element?.offsetLeft ?? 0,
    offsetTop: element?.offsetTop ?? 0,
  };
}

/** Handlers get plain targets (小程序文档 · 事件系统), not live components; ids are written for WXSS. */
export function patchEngine(onError) {
  const { wrapShadowedEvent } = glassEasel.Event.prototype;
  glassEasel.Event.prototype.wrapShadowedEvent = function wrapped(target, mark, current) {
    const event = wrapShadowedEvent.call(this, describeTarget(target), mark, describeTarget(current));
    // The built-in components are written against the live target.
    Object.defineProperty(event, 'liveTarget', { value: target, enumerable: false });
    return event;
  };
  const id = Object.getOwnPropertyDescriptor(glassEasel.Element.prototype, 'id');
  Object.defineProperty(glassEasel.Element.prototype, 'id', {
    ...id,
    set(value) {
      id.set.call(this, value);
      this.$$?.setAttribute?.('wx-id', String(value));
    },
  });
  glassEasel.addGlobalErrorListener((error, where) => {
    onError(error, where);
    return false;
  });
}
