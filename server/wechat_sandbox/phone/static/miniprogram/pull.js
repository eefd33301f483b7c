/** Pulling a page down to refresh it, for pages with `enablePullDownRefresh`. */

const PULL_PIXELS = 70;

export class PullToRefresh {
  constructor(program) {
    this.program = program;
    this.startY = null;
    const { area } = program;
    area.addEventListener('touchstart', (event) => this.start(event.touches[0]), { passive: true });
    area.addEventListener('touchmove', (event) => this.move(event.touches[0]), { passive: true });
    area.addEventListener(
      'touchend',
      () => {
        this.startY = null;
      },
      { passive: true },
    );
  }

  start(touch) {
    const page = this.program.stack.top;
    this.startY = page?.pullEnabled && page.frame.scroller.scrollTop <= 0 ? touch.clientY : null;
  }

  move(touch) {
    if (this.startY === null || touch.clientY - this.startY < PULL_PIXELS) return;
    this.startY = null;
    this.program.stack.top.startRefresh();
  }
}
