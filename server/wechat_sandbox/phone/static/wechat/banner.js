/** The banner that slides in when a message arrives. */

import { animate, h } from '../dom.js';

const STAY_MILLISECONDS = 5000;

export class Banner {
  constructor() {
    this.element = h('div.ph-banner-place', { 'aria-live': 'polite' });
  }

  /** `{face, name, text, onOpen}` */
  show({ face, name, text, onOpen }) {
    clearTimeout(this.timer);
    const banner = h(
      'button.ph-banner',
      {
        type: 'button',
        onclick: () => {
          this.hide();
          onOpen();
        },
      },
      face,
      h('b', {}, name),
      h('time', {}, '现在'),
      h('span', {}, text),
    );
    this.element.replaceChildren(banner);
    animate(banner, [{ transform: 'translateY(-130%)' }, { transform: 'none' }], 320);
    this.timer = setTimeout(() => this.hide(), STAY_MILLISECONDS);
  }

  async hide() {
    clearTimeout(this.timer);
    const banner = this.element.firstChild;
    if (!banner) return;
    await animate(banner, [{ transform: 'none' }, { transform: 'translateY(-130%)' }], 220);
    banner.remove();
  }
}
