/** The phone's own record, readable by tests as `window.__phone`: taps, errors of mini-program code, missing interfaces. */

const DRAG_PIXELS = 10;

export const record = {
  taps: 0,
  errors: [],
  missing: [],
  requests: [],
  resetTaps() {
    this.taps = 0;
    tapListeners.forEach((listener) => listener(0));
  },
};

const tapListeners = new Set();

window.__phone = record;

/** Calls `listener` with the new count after every tap. */
export function onTapCount(listener) {
  tapListeners.add(listener);
}

/** Counts taps inside `screen`; capturing, so that WeChat's own sheets are counted like the mini-program's buttons. */
export function countTaps(screen) {
  let start = null;
  screen.addEventListener(
    'pointerdown',
    (event) => {
      start = [event.clientX, event.clientY];
    },
    true,
  );
  screen.addEventListener(
    'pointerup',
    (event) => {
      if (!start || Math.hypot(event.clientX - start[0], event.clientY - start[1]) > DRAG_PIXELS) return;
      record.taps += 1;
      tapListeners.forEach((listener) => listener(record.taps));
    },
    true,
  );
}

/** Keeps an error thrown by mini-program code; `where` names the file or the interface. */
export function recordError(error, where = '') {
  record.errors.push({ where, message: String(error?.message ?? error), stack: error?.stack ?? null });
  console.error(`[mini-program] ${where}`, error);
}

/** Keeps the name of an interface that WeChat has and this phone does not. */
export function recordMissing(name) {
  if (record.missing.includes(name)) return;
  record.missing.push(name);
  console.warn(`[phone] ${name} is not built`);
}
