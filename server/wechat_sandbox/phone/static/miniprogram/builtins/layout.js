/** Built-in components that show content: view, text, image, icon, progress, rich-text, scroll-view, swiper. */

import { define, fire } from './base.js';
import { richNodes } from './rich-text.js';

const ICON_PATHS = {
  success: ['#07C160', 'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm-1.2-6.6 6-6-1-1-5 5-2.5-2.5-1 1z'],
  success_no_circle: ['#07C160', 'M9.5 16.2 5.3 12l-1.1 1.1 5.3 5.3L20 7.9l-1.1-1.1z'],
  info: ['#10AEFF', 'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm-.8-12v7h1.6v-7zm0-3v1.7h1.6V7z'],
  warn: ['#FA5151', 'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm-.8-15v7h1.6V7zm0 8.6v1.7h1.6v-1.7z'],
  waiting: ['#10AEFF', 'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm-.8-15v6l4.4 2.6.8-1.3-3.6-2.1V7z'],
  cancel: [
    '#FA5151',
    'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm0-8.9 3.4 3.4 1.1-1.1L13.1 12l3.4-3.4-1.1-1.1L12 10.9 8.6 7.5 7.5 8.6l3.4 3.4-3.4 3.4 1.1 1.1z',
  ],
  download: [
    '#07C160',
    'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm-.8-15v6.2L8.7 10.7l-1.1 1.1 4.4 4.4 4.4-4.4-1.1-1.1-2.5 2.5V7z',
  ],
  search: [
    '#B2B2B2',
    'M15.6 14.2a6.5 6.5 0 1 0-1.4 1.4l4.6 4.6 1.4-1.4zM10.3 15a4.7 4.7 0 1 1 0-9.4 4.7 4.7 0 0 1 0 9.4Z',
  ],
  clear: [
    '#B2B2B2',
    'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm0-8.9 3.4 3.4 1.1-1.1L13.1 12l3.4-3.4-1.1-1.1L12 10.9 8.6 7.5 7.5 8.6l3.4 3.4-3.4 3.4 1.1 1.1z',
  ],
  circle: ['#C9C9C9', 'M12 22a10 10 0 1 1 0-20 10 10 0 0 1 0 20Zm0-1.3a8.7 8.7 0 1 0 0-17.4 8.7 8.7 0 0 0 0 17.4Z'],
};

function drawIcon() {
  const [colour, path] = ICON_PATHS[this.data.type] ?? ICON_PATHS.info;
  const size = String(this.data.size);
  const length = /^\d+(\.\d+)?$/.test(size) ? `${size}px` : size.replace(/([\d.]+)rpx/, 'calc($1 * var(--rpx))');
  this.$$.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path fill-rule="evenodd" d="${path}"/></svg>`;
  Object.assign(this.$$.firstChild.style, { width: length, height: length, fill: this.data.color || colour });
}

function defineIcon(space) {
  return define(space, 'icon', {
    properties: { type: String, size: { type: null, value: 23 }, color: String },
    observers: { type: drawIcon, size: drawIcon, color: drawIcon },
    lifetimes: { attached: drawIcon },
  });
}

function drawProgress() {
  const { percent, showInfo, strokeWidth, activeColor, backgroundColor, color } = this.data;
  this.$$.innerHTML =
    '<div class="mp-progress-track"><div class="mp-progress-bar"></div></div><div class="mp-progress-info"></div>';
  const [track, info] = this.$$.children;
  Object.assign(track.style, { height: `${strokeWidth}px`, background: backgroundColor });
  Object.assign(track.firstChild.style, { width: `${percent}%`, background: color || activeColor });
  info.textContent = showInfo ? `${percent}%` : '';
}

function defineProgress(space) {
  return define(space, 'progress', {
    properties: {
      percent: Number,
      showInfo: Boolean,
      strokeWidth: { type: null, value: 6 },
      color: String,
      activeColor: { type: String, value: '#07C160' },
      backgroundColor: { type: String, value: '#EBEBEB' },
      active: Boolean,
      borderRadius: null,
      fontSize: null,
    },
    observers: { 'percent, showInfo, activeColor, color, strokeWidth': drawProgress },
    lifetimes: { attached: drawProgress },
  });
}

function defineImage(space, { fileUrl }) {
  return define(space, 'image', {
    properties: {
      src: String,
      mode: { type: String, value: 'scaleToFill' },
      lazyLoad: Boolean,
      webp: Boolean,
      showMenuByLongpress: Boolean,
    },
    reflect: ['mode'],
    observers: {
      src(value) {
        if (this.picture) this.picture.src = fileUrl(value);
      },
    },
    lifetimes: {
      attached() {
        this.picture = document.createElement('img');
        this.picture.alt = this.data.ariaLabel ?? '';
        this.picture.draggable = false;
        this.picture.addEventListener('load', () =>
          fire(this, 'load', { width: this.picture.naturalWidth, height: this.picture.naturalHeight }),
        );
        this.picture.addEventListener('error', () => fire(this, 'error', { errMsg: `GET ${this.data.src} failed` }));
        this.$$.append(this.picture);
        if (this.data.src) this.picture.src = fileUrl(this.data.src);
      },
    },
  });
}

function defineScrollView(space) {
  const apply = {
    scrollTop(value) {
      this.$$.scrollTop = parseFloat(value) || 0;
    },
    scrollLeft(value) {
      this.$$.scrollLeft = parseFloat(value) || 0;
    },
    scrollIntoView(value) {
      if (value) this.$$.querySelector(`[wx-id="${CSS.escape(value)}"]`)?.scrollIntoView({ block: 'start' });
    },
  };
  return define(space, 'scroll-view', {
    properties: {
      scrollX: Boolean,
      scrollY: Boolean,
      scrollTop: null,
      scrollLeft: null,
      scrollIntoView: String,
      upperThreshold: { type: null, value: 50 },
      lowerThreshold: { type: null, value: 50 },
      scrollWithAnimation: Boolean,
      enhanced: Boolean,
      showScrollbar: { type: Boolean, value: true },
      bounces: Boolean,
      enableFlex: Boolean,
      type: String,
      scrollAnchoring: Boolean,
      enablePassive: null,
      pagingEnabled: Boolean,
      fastDeceleration: Boolean,
    },
    reflect: ['scrollX', 'scrollY', 'showScrollbar', 'enableFlex'],
    observers: apply,
    lifetimes: {
      attached() {
        this.$$.addEventListener(
          'scroll',
          () => {
            const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight } = this.$$;
            fire(this, 'scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX: 0, deltaY: 0 });
            if (scrollTop <= this.data.upperThreshold) fire(this, 'scrolltoupper', { direction: 'top' });
            if (scrollTop + clientHeight >= scrollHeight - this.data.lowerThreshold)
              fire(this, 'scrolltolower', { direction: 'bottom' });
          },
          { passive: true },
        );
      },
    },
  });
}

function defineText(space) {
  return define(space, 'text', {
    properties: {
      selectable: Boolean,
      userSelect: Boolean,
      space: String,
      decode: Boolean,
      overflow: String,
      maxLines: null,
    },
    reflect: ['space', 'userSelect', 'selectable'],
  });
}

function defineRichText(space) {
  const draw = function draw() {
    this.$$.replaceChildren(...richNodes(this.data.nodes));
  };
  return define(space, 'rich-text', {
    properties: { nodes: null, space: String, userSelect: Boolean, mode: String },
    observers: { nodes: draw },
    lifetimes: { attached: draw },
  });
}

/** Define them in the engine's `space`; returns tag → component. */
export function defineLayout(space, context) {
  const plain = [
    'view',
    'cover-view',
    'root-portal',
    'swiper',
    'swiper-item',
    'match-media',
    'page-meta',
    'page-container',
  ];
  return {
    ...Object.fromEntries(plain.map((tag) => [tag, define(space, tag)])),
    text: defineText(space),
    image: defineImage(space, context),
    icon: defineIcon(space),
    progress: defineProgress(space),
    'rich-text': defineRichText(space),
    'scroll-view': defineScrollView(space),
  };
}
